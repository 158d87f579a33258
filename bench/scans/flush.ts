import { setTimeout as sleep } from 'node:timers/promises'
import { type Graph, openGraph } from '../../e2e/setup/graph.ts'
import { openSql } from '../../e2e/setup/ledger.ts'
import { subscribe } from '../../e2e/setup/live.ts'
import { median, percentile } from '../load/percentile.ts'
import { counted, figure } from '../report/table.ts'
import { checkCounts } from './check-counts.ts'
import { makeGround } from './ground.ts'
import type { Crowd, Lane } from './lane.ts'
import type { Part } from './part.ts'
import type { PlatformPlace } from './platform.ts'
import type { Stage } from './sides.ts'
import { uuidV7 } from './uuid-v7.ts'

/** The outage that is planned for: all lanes of a stadium for 15 minutes at the peak. */
const size = { events: 1, gates: 8, lanes: 110, ticketsOfLane: 165 }
const OUTAGE_MS = 900_000
const ALL = size.lanes * size.ticketsOfLane
const LONGEST_MS = 120_000
const LOOK_MS = 10
const PAUSE_MS = 500

const UPLOAD = `mutation ($input: UploadScanBatchInput!) { uploadScanBatch(input: $input) {
  results { scanId status } retryAfterMs } }`
const WATCH = 'subscription ($id: ID!) { occupancyChanged(eventId: $id) { seq inside } }'

interface UploadAnswer {
  readonly uploadScanBatch: {
    readonly results: readonly { readonly scanId: string; readonly status: string }[]
    readonly retryAfterMs: number | null
  } | null
}

/** One flush: from the first byte that was sent. */
interface Flush {
  readonly ledgerMs: number
  readonly watcherMs: number
  readonly answeredMs: number
  readonly uploadsMs: readonly number[]
  /** Scans that were sent again, since the platform had asked for it. */
  readonly again: number
  /** Uploads that failed as a whole, and were sent again. */
  readonly failed: number
}

/** Measures how long the queues of all scanners take after an outage, so many times after once to warm up. */
export async function flush(stage: Stage, rounds: number): Promise<Part> {
  const { place } = await stage.platform('headcount')
  const { accessToken, crowds } = await makeGround(place, Array(rounds + 1).fill(size))
  const flushes: Flush[] = []
  for (const crowd of crowds) {
    flushes.push(await flushOnce(place, accessToken, crowd))
    await checkCounts(place, crowd.eventIds, { entries: ALL, exits: 0 })
  }
  return partOf(flushes.slice(1))
}

function partOf(measured: readonly Flush[]): Part {
  const uploads = Float64Array.from(measured.flatMap(({ uploadsMs }) => uploadsMs)).sort()
  const middle = (value: (one: Flush) => number) => figure(median(measured.map(value)))
  const countOf = (value: (one: Flush) => number) => median(measured.map(value)).toLocaleString('en-GB')
  return {
    text: `${size.lanes} scanners upload ${size.ticketsOfLane} offline admissions each (${figure(ALL)}, as after 15 minutes without a network), each in one batch, all at once, while somebody watches \`occupancyChanged\` over a WebSocket. ${counted(measured.length, 'round')}, each of an event of its own, after one to warm up; times from the first byte sent, medians. After each: ${figure(ALL)} rows of the ledger = attempts = counters = presence.`,
    tables: [
      {
        title: `A flush of ${figure(ALL)} offline scans`,
        rows: [
          [
            '',
            's in the ledger',
            's on the dashboard',
            's all answered',
            'upload p95 ms',
            'scans sent again',
            'uploads failed',
          ],
          [
            'Headcount',
            middle(({ ledgerMs }) => ledgerMs / 1000),
            middle(({ watcherMs }) => watcherMs / 1000),
            middle(({ answeredMs }) => answeredMs / 1000),
            figure(percentile(uploads, 95)),
            countOf(({ again }) => again),
            countOf(({ failed }) => failed),
          ],
        ],
      },
    ],
  }
}

async function flushOnce(place: PlatformPlace, accessToken: string, crowd: Crowd): Promise<Flush> {
  const [eventId = ''] = crowd.eventIds
  const graph = openGraph(place.url)
  const sql = await openSql(place.databaseUrls['gates'] ?? '')
  const watcher = subscribe<{ occupancyChanged: { inside: number } }>(place.url, accessToken, {
    query: WATCH,
    variables: { id: eventId },
  })
  const insideSeen = () => watcher.messages.at(-1)?.data?.occupancyChanged.inside
  const insideLedger = async () => {
    const text = 'SELECT inside FROM event_counters WHERE event_id = $1'
    return (await sql.query<{ inside: number }>(text, [eventId]))[0]?.inside
  }
  try {
    await until(() => insideSeen() === 0, 'The watcher saw nothing')
    const startedAt = performance.now()
    const since = () => performance.now() - startedAt
    const uploading = Promise.all(crowd.lanes.map((lane) => uploadAll(graph, lane)))
    const [uploads, answeredMs, ledgerMs, watcherMs] = await Promise.all([
      uploading,
      uploading.then(since),
      until(async () => (await insideLedger()) === ALL, 'The ledger has not all scans').then(since),
      until(() => insideSeen() === ALL, 'The watcher has not seen all scans').then(since),
    ])
    const uploadsMs = uploads.flatMap((one) => one.uploadsMs)
    const again = uploads.reduce((sum, one) => sum + one.again, 0)
    const failed = uploads.reduce((sum, one) => sum + one.failed, 0)
    return { ledgerMs, watcherMs, answeredMs, uploadsMs, again, failed }
  } finally {
    await watcher.close()
    await sql.close()
    await graph.close()
  }
}

interface Uploads {
  readonly uploadsMs: number[]
  again: number
  failed: number
}

/** As a scanner does it: what is to come later is sent again, until every scan has a final answer. */
async function uploadAll(graph: Graph, lane: Lane): Promise<Uploads> {
  const caller = graph.as(lane.accessToken)
  const end = performance.now() + LONGEST_MS
  const sums: Uploads = { uploadsMs: [], again: 0, failed: 0 }
  let waiting = offlineScans(lane)
  while (waiting.length > 0) {
    const sentAt = performance.now()
    const input = { batchId: uuidV7(), sentAt: new Date().toISOString(), scans: waiting }
    const { data, text } = await caller.send<UploadAnswer>(UPLOAD, { input })
    sums.uploadsMs.push(performance.now() - sentAt)
    const answer = data?.uploadScanBatch
    if (answer) {
      const later = laterOf(answer.results)
      waiting = waiting.filter(({ scanId }) => later.has(scanId))
      sums.again += waiting.length
    } else sums.failed++
    if (performance.now() > end) throw new Error(`An upload had no final answer: ${text}`)
    if (waiting.length > 0) await sleep(answer?.retryAfterMs ?? PAUSE_MS)
  }
  return sums
}

/** The scans to send again. @throws Error when one was not recorded as it was meant */
function laterOf(results: readonly { readonly scanId: string; readonly status: string }[]): Set<string> {
  const refused = results.find(({ status }) => !['RECORDED', 'REPLAYED', 'RETRY'].includes(status))
  if (refused) throw new Error(`An upload was answered ${JSON.stringify(refused)}.`)
  return new Set(results.filter(({ status }) => status === 'RETRY').map(({ scanId }) => scanId))
}

function offlineScans(lane: Lane) {
  const step = OUTAGE_MS / lane.codes.length
  const startedAt = Date.now() - OUTAGE_MS
  return lane.codes.map((code, index) => {
    const atMs = Math.floor(startedAt + index * step)
    return {
      ...{ scanId: uuidV7(atMs), deviceSeq: index + 1, code, gateId: lane.gateId },
      ...{ direction: 'ENTRY', scannedAt: new Date(atMs).toISOString(), outcome: 'ADMITTED' },
    }
  })
}

async function until(isSo: () => boolean | Promise<boolean>, complaint: string): Promise<void> {
  const end = performance.now() + LONGEST_MS
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${complaint} within ${LONGEST_MS / 1000} s.`)
    await sleep(LOOK_MS)
  }
}
