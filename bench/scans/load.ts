// The scanners: so many attempts under way over as many connections; each lane has one attempt under way at a time, and lets
// its own tickets in and out by turns.
import { setTimeout as sleep } from 'node:timers/promises'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { type Connection, openConnections } from '../load/connection.ts'
import { answerParent } from '../processes/answer-parent.ts'
import type { Lane } from './lane.ts'
import { headOf, outcomeOf, scanRequest } from './request.ts'
import { uuidV7 } from './uuid-v7.ts'

/** Where some lanes scan, under a name. */
export interface LoadTarget {
  readonly name: string
  readonly url: string
  readonly lanes: readonly Lane[]
}

/** One run of load. */
export interface LoadRun {
  /** The name of a target. */
  readonly target: string
  readonly inFlight: number
  readonly seconds: number
}

/** What a run of load gave. */
export interface LoadResult extends Load {
  readonly mostMs: number
  /** Attempts acknowledged in each whole second. */
  readonly perSecond: readonly number[]
  /** What part of one core the load itself took. */
  readonly coreShare: number
  /** Answers of this run that were failures; their attempts were sent again. */
  readonly failed: number
}

/** Sums over all runs of a target so far. */
export interface Acknowledged {
  readonly entries: number
  readonly exits: number
  /** Answers that asked for the attempt to be sent again. */
  readonly later: number
  /** Answers that were failures; their attempts were sent again too. */
  readonly failed: number
}

interface LaneState extends Lane {
  readonly head: string
  /** The attempt that has no final answer yet; nothing else is sent before it has one. */
  pending: { readonly request: string; readonly direction: 'ENTRY' | 'EXIT' } | undefined
  /** Attempts that were acknowledged; the next one has the next number. */
  done: number
}

type Sums = { -readonly [Name in keyof Acknowledged]: Acknowledged[Name] }

interface Target {
  readonly url: string
  readonly lanes: readonly LaneState[]
  readonly sums: Sums
}

/** Before an attempt is sent again; half of it to one and a half, so that not all come back at once. */
const PAUSE_MS = 500
const SETTLED_AT_ONCE = 16
const SETTLED_MS = 120_000
const targets = new Map<string, Target>()

function target({ name, url, lanes }: LoadTarget): void {
  const states = lanes.map((lane) => ({
    ...lane,
    head: headOf(url, lane.accessToken),
    pending: undefined,
    done: 0,
  }))
  targets.set(name, { url, lanes: states, sums: { entries: 0, exits: 0, later: 0, failed: 0 } })
}

function targetOf(name: string): Target {
  const found = targets.get(name)
  if (!found) throw new Error(`There is no target "${name}".`)
  return found
}

/** The lane's next attempt, or the one that is still without a final answer. */
function attemptOf(lane: LaneState): NonNullable<LaneState['pending']> {
  if (lane.pending) return lane.pending
  const { codes, done } = lane
  const direction = Math.floor(done / codes.length) % 2 === 0 ? 'ENTRY' : 'EXIT'
  const nowMs = Date.now()
  const request = scanRequest(lane.head, lane, {
    scanId: uuidV7(nowMs),
    deviceSeq: done + 1,
    code: codes[done % codes.length] ?? '',
    direction,
    scannedAt: new Date(nowMs).toISOString(),
  })
  lane.pending = { request, direction }
  return lane.pending
}

/** One attempt, sent again until it is acknowledged, or until the time is over. Answers whether it was acknowledged. */
async function scan(
  connection: Connection,
  lane: LaneState,
  by: { sums: Sums; endsAt: number },
): Promise<boolean> {
  const { sums, endsAt } = by
  const { request, direction } = attemptOf(lane)
  for (;;) {
    const outcome = outcomeOf(await connection.send(request))
    if (outcome === 'admitted') break
    sums[outcome]++
    if (performance.now() > endsAt) return false
    await sleep(PAUSE_MS * (0.5 + Math.random()))
  }
  lane.pending = undefined
  lane.done++
  if (direction === 'ENTRY') sums.entries++
  else sums.exits++
  return true
}

/** Each connection has lanes of its own, which take turns: all take part, however few attempts are under way. */
async function run({ target: name, inFlight, seconds }: LoadRun): Promise<LoadResult> {
  const to = targetOf(name)
  if (to.lanes.length < inFlight) throw new Error(`${name} has ${to.lanes.length} lanes for ${inFlight}.`)
  const hands = (await openConnections(to.url, inFlight)).map((connection, worker) => {
    return { connection, lanes: to.lanes.filter((_, lane) => lane % inFlight === worker), turn: 0 }
  })
  const perSecond: number[] = Array.from({ length: Math.floor(seconds) }, () => 0)
  let mostMs = 0
  let abandoned = 0
  const startedAt = performance.now()
  const by = { sums: to.sums, endsAt: startedAt + seconds * 1000 }
  const cpuBefore = process.cpuUsage()
  const failedBefore = to.sums.failed
  const send = async (worker: number) => {
    const hand = hands[worker]
    const lane = hand?.lanes[hand.turn++ % hand.lanes.length]
    if (!hand || !lane) throw new Error(`There is no connection ${worker}.`)
    const sentAt = performance.now()
    const isAcknowledged = await scan(hand.connection, lane, by)
    const answeredAt = performance.now()
    if (!isAcknowledged) {
      abandoned++
      return
    }
    mostMs = Math.max(mostMs, answeredAt - sentAt)
    const second = Math.floor((answeredAt - startedAt) / 1000)
    if (second < perSecond.length) perSecond[second] = (perSecond[second] ?? 0) + 1
  }
  try {
    const load = await closedLoop({ inFlight, seconds, send })
    const { user, system } = process.cpuUsage(cpuBefore)
    const coreShare = (user + system) / 1_000_000 / load.seconds
    const answered = load.answered - abandoned
    return { ...load, answered, mostMs, perSecond, coreShare, failed: to.sums.failed - failedBefore }
  } finally {
    for (const { connection } of hands) connection.close()
  }
}

/** Sends what a run left without a final answer until it has one, a few at a time. */
async function settle(name: string): Promise<void> {
  const { url, lanes, sums } = targetOf(name)
  const waiting = lanes.filter(({ pending }) => pending)
  if (waiting.length === 0) return
  const by = { sums, endsAt: performance.now() + SETTLED_MS }
  const connections = await openConnections(url, SETTLED_AT_ONCE)
  const work = async (connection: Connection) => {
    for (let lane = waiting.pop(); lane; lane = waiting.pop()) {
      if (!(await scan(connection, lane, by))) throw new Error(`${name}: an attempt has no final answer.`)
    }
  }
  try {
    await Promise.all(connections.map(work))
  } finally {
    for (const connection of connections) connection.close()
  }
}

answerParent({ target, run, settle, acknowledged: (name: string): Acknowledged => targetOf(name).sums })
