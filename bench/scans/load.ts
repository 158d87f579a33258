// The scanners: one a lane, each with tickets of its own, which it lets in and out by turns.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { answerParent } from '../processes/answer-parent.ts'

/** A scanner and what it scans. */
export interface LaneOfLoad {
  readonly accessToken: string
  readonly gateId: string
  readonly codes: readonly string[]
}

/** Sums over all runs so far. */
export interface Acknowledged {
  readonly entries: number
  readonly exits: number
  /** Attempts that were sent again because the platform had asked for it. */
  readonly retries: number
}

interface Lane extends LaneOfLoad {
  /** Attempts that were acknowledged; the next one has the next number. */
  done: number
}

const QUERY = `mutation Scan($input: RecordScanInput!) { recordScan(input: $input) { __typename
  ... on ScanAdmitted { replayed scan { ledgerSeq } } ... on ScanRejected { reason } ... on Problem { message } } }`

interface ScanAnswer {
  readonly data?: {
    readonly recordScan: { readonly __typename: string; readonly retryAfterMs?: number } | null
  }
}

const acknowledged = { entries: 0, exits: 0, retries: 0 }
let lanes: Lane[] = []
let pool: Pool | undefined

/** Takes the lanes and opens a connection for each. */
function open({ url, lanes: given }: { url: string; lanes: readonly LaneOfLoad[] }): void {
  lanes = given.map((lane) => ({ ...lane, done: 0 }))
  pool = new Pool(url, { connections: lanes.length, pipelining: 1 })
}

async function ask(lane: Lane, body: string): Promise<{ text: string; typeName: string | undefined }> {
  if (!pool) throw new Error('Open it before.')
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${lane.accessToken}`,
  }
  const response = await pool.request({ method: 'POST', path: '/graphql', headers, body })
  const text = await response.body.text()
  const { data } = JSON.parse(text) as ScanAnswer
  return { text, typeName: data?.recordScan?.__typename }
}

/** One attempt, sent again where the platform says so, until it is acknowledged. */
async function scan(lane: Lane): Promise<void> {
  const ticket = lane.done % lane.codes.length
  const direction = Math.floor(lane.done / lane.codes.length) % 2 === 0 ? 'ENTRY' : 'EXIT'
  const input = {
    scanId: randomUUID(),
    deviceSeq: lane.done + 1,
    code: lane.codes[ticket],
    gateId: lane.gateId,
    direction,
    scannedAt: new Date().toISOString(),
  }
  const body = JSON.stringify({ query: QUERY, variables: { input } })
  let answer = await ask(lane, body)
  while (answer.typeName === 'RetryLater') {
    acknowledged.retries++
    await sleep(100)
    answer = await ask(lane, body)
  }
  if (answer.typeName !== 'ScanAdmitted') throw new Error(`An attempt was not admitted: ${answer.text}`)
  lane.done++
  if (direction === 'ENTRY') acknowledged.entries++
  else acknowledged.exits++
}

function run({ inFlight, seconds }: { inFlight: number; seconds: number }): Promise<Load> {
  const send = async (worker: number) => {
    const lane = lanes[worker]
    if (!lane) throw new Error(`There is no lane ${worker}.`)
    await scan(lane)
  }
  return closedLoop({ inFlight, seconds, send })
}

answerParent({ open, run, acknowledged: (): Acknowledged => acknowledged }, () => pool?.destroy())
