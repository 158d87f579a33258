import { setTimeout as sleep } from 'node:timers/promises'
import { type Graph, openGraph } from '../setup/graph.ts'
import { withLedger } from '../setup/ledger.ts'
import { attemptOf } from '../setup/scans.ts'
import { ONLINE } from './answer-selections.ts'
import { type CheckParts, checkAll } from './check-all.ts'
import type { Midway } from './checks/acknowledged.ts'
import type { Finding } from './checks/finding.ts'
import { hashPrefix } from './checks/read-ledger.ts'
import { newCrowd } from './crowd.ts'
import { type Fault, FaultMaker } from './faults.ts'
import { type Ground, makeGround, waysOf } from './ground.ts'
import { type Journal, newJournal, type OnlineAnswer } from './journal.ts'
import { type MachineRoom, openMachineRoom } from './machine-room.ts'
import { revoke, revokeTickets, sellTickets } from './office.ts'
import { type LaneParts, workLane } from './scanner.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import { type Silence, silenceOthers } from './silence.ts'
import { superviseGates } from './staff.ts'
import { makeStrangers } from './stranger.ts'
import { untilAnswered } from './until-answered.ts'
import { Watcher } from './watcher.ts'

/** How a run is made. */
export interface RunOptions {
  readonly seed: number
  /** How long faults are made, in milliseconds. */
  readonly durationMs: number
  /** Told how it goes. */
  readonly say: (line: string) => void
  /** Ends the run before its time. */
  readonly signal?: AbortSignal
  /** Leaves everything running when it is over; `close` ends it. */
  readonly isKept?: boolean
}

/** What came of a run. */
export interface RunReport {
  readonly findings: readonly Finding[]
  readonly faults: readonly Fault[]
  readonly journal: Journal
  /** What the platform logged as errors, with how often. */
  readonly errors: ReadonlyMap<string, number>
  /** Ends what was kept. */
  readonly close: () => Promise<void>
  /** Where the platform answers while it is kept. */
  readonly url: string
}

const DEVICES = 24
const WATCHERS = 3
const SAY_EVERY_MS = 5000
/** A client takes an answer for lost after this time. */
const PATIENCE_MS = 3000
/** When, in parts of the whole time, the other services are silenced and the ledger is hashed. */
const SILENCE_AT = 0.4
const HASHES_AT = [0.25, 0.7]
const CALM_MS = 3000
const DEATHS_IN_CALM = 10
const DEAD_AFTER_MS = 5000

/** Runs workers under faults, each by the seed, lets all come to rest, and looks at what is promised. */
export async function runUnderFaults(options: RunOptions): Promise<RunReport> {
  const { say } = options
  say('Starting Postgres, NATS, Valkey and the platform')
  const room = await openMachineRoom()
  const graph = openGraph(room.url, PATIENCE_MS)
  const close = async () => {
    await graph.close()
    await room.close()
  }
  try {
    const report = await runIn(room, graph, options)
    if (!options.isKept) await close()
    return { ...report, errors: room.errors(), url: room.url, close: options.isKept ? close : async () => {} }
  } catch (error) {
    await close()
    throw error
  }
}

async function runIn(room: MachineRoom, graph: Graph, options: RunOptions) {
  const { seed, say } = options
  const random = seededRandom(seed)
  const branch = () => seededRandom(random.below(2 ** 31))
  say('Making an event with its gates, tickets and scanners')
  const ground = await makeGround(room, graph, DEVICES)
  const strangers = await makeStrangers(room, { graph, ground, random: branch() })
  const load = startLoad(room, ground, branch)
  const meeting = strangers.work(load.isOver)
  const faultMaker = new FaultMaker(room, branch())
  const telling = setInterval(() => say(progressOf(load.parts.journal, faultMaker.faults)), SAY_EVERY_MS)
  try {
    const course = await runCourse({ room, ground, load, faultMaker, options })
    await Promise.all([load.finish(), meeting])
    say('The load has ended; looking at what is promised')
    const endedAt = performance.now()
    const { watchers, parts } = load
    const { journal } = parts
    const checked: CheckParts = {
      ...{ room, ground, journal, watchers, strangers, random: branch(), endedAt },
      ...{ ...course, faults: faultMaker.faults },
    }
    return { findings: await checkAll(checked), faults: faultMaker.faults, journal }
  } finally {
    clearInterval(telling)
    // A machine that is started again after the room was closed would run for ever.
    await load.abandon().finally(() => faultMaker.abandon())
  }
}

interface Load {
  readonly parts: LaneParts
  readonly watchers: readonly Watcher[]
  readonly isOver: () => boolean
  /** Begins nothing more; resolves when everything has its answer. Watchers go on. */
  finish(): Promise<void>
  /** Ends the watchers too, whatever became of the others. */
  abandon(): Promise<void>
  /** Rejects when a worker failed. */
  readonly failed: Promise<void>
}

function startLoad(room: MachineRoom, ground: Ground, branch: () => SeededRandom): Load {
  let isOver = false
  const parts: LaneParts = {
    ...{ ground, crowd: newCrowd(ground), journal: newJournal() },
    isOver: () => isOver,
  }
  const watchers = Array.from({ length: WATCHERS }, () => new Watcher(room, ground, branch()))
  const lanes = ground.devices.map((scanner, index) =>
    workLane({ scanner, ways: waysOf(ground, index), random: branch(), ...habitsOf(index) }, parts),
  )
  const failed = Promise.all([
    ...lanes,
    superviseGates(parts, branch()),
    revokeTickets(parts, branch()),
    sellTickets(parts, branch()),
    sellTickets(parts, branch()),
  ]).then(() => {})
  failed.catch(() => {})
  return {
    ...{ parts, watchers, failed },
    isOver: parts.isOver,
    async finish() {
      isOver = true
      await failed
    },
    async abandon() {
      isOver = true
      await Promise.all(watchers.map((watcher) => watcher.close()))
    },
  }
}

/** Two clocks are wrong; one device lay in a drawer whenever it comes back. */
function habitsOf(index: number): { clockMs: number; longAgoMs: number } {
  const clocks: Readonly<Record<number, number>> = { 3: 90_000, 4: -7_200_000 }
  return { clockMs: clocks[index] ?? 0, longAgoMs: index === 5 ? 480_000 : 0 }
}

interface CourseParts {
  readonly room: MachineRoom
  readonly ground: Ground
  readonly load: Load
  readonly faultMaker: FaultMaker
  readonly options: RunOptions
}

/** The run itself: faults all the time, but for a silence; then a calm in which tickets die. */
async function runCourse({ room, ground, load, faultMaker, options }: CourseParts) {
  const startedAt = performance.now()
  const midway: Midway[] = []
  let silence: Silence | undefined
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, ...(options.signal ? [options.signal] : [])])
  const until = (part: number) =>
    sleep(Math.max(0, startedAt + options.durationMs * part - performance.now()), undefined, { signal })
  const look = () => lookMidway({ room, ground, journal: load.parts.journal, signal })
  const course = async () => {
    await until(HASHES_AT[0] ?? 0)
    midway.push(await look())
    await until(SILENCE_AT)
    silence = await faultMaker.pauseFor(() => silenceOthers(room))
    await until(HASHES_AT[1] ?? 1)
    midway.push(await look())
    await until(1)
    options.say('No more faults')
    await faultMaker.finish()
    await dieInCalm(load.parts)
  }
  // A worker that fails ends the run at once, and so does whoever stops it.
  const failed = load.failed.then(() => new Promise<never>(() => {}))
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Stopped before its time.')))
  })
  try {
    await Promise.race([course(), failed, stopped])
  } finally {
    ending.abort()
  }
  return { midway, silence }
}

interface MidwayParts {
  readonly room: MachineRoom
  readonly ground: Ground
  readonly journal: Journal
  readonly signal: AbortSignal
}

async function lookMidway({ room, ground, journal, signal }: MidwayParts): Promise<Midway> {
  for (;;) {
    signal.throwIfAborted()
    const acknowledged = new Set([...journal.online, ...journal.uploads].map(({ attempt }) => attempt.scanId))
      .size
    const look = withLedger(room, (sql) => hashPrefix(sql, ground.eventId))
    // Postgres may be down just now.
    const prefix = await look.catch(() => undefined)
    if (prefix) return { acknowledged, prefix, issued: journal.issued.size }
    await sleep(200)
  }
}

/** When nothing is broken, ten tickets are revoked; each is held to a gate when its time is over. */
async function dieInCalm(parts: LaneParts): Promise<void> {
  const { ground, journal } = parts
  await sleep(CALM_MS)
  const deaths = await Promise.all(
    ground.tickets.slice(-DEATHS_IN_CALM).map((ticket) => revoke(parts, ticket)),
  )
  await sleep(DEAD_AFTER_MS)
  for (const { code } of deaths) {
    const attempt = { ...attemptOf(code, ground.ways[0]?.gateId ?? ''), direction: 'ENTRY' as const }
    journal.issued.add(attempt.scanId)
    const sentAt = Date.now()
    const question = { field: 'recordScan', input: attempt, selection: ONLINE }
    const answer = await untilAnswered<OnlineAnswer>(ground.supervisor, question, { journal })
    if (!answer) continue
    journal.online.push({ by: ground.supervisor, attempt, answer, sentAt, toldAt: Date.now() })
    if (answer.reason !== 'REVOKED' && answer.reason !== 'TRANSFERRED')
      journal.oddities.push(`a ticket that was revoked 5 s ago was answered ${JSON.stringify(answer)}`)
  }
}

function progressOf({ issued, online, uploads, passing }: Journal, faults: readonly Fault[]): string {
  const lost = [...passing].map(([what, count]) => `${what} ${count}`).join(', ') || 'none'
  const open = faults.filter(({ to }) => to === Number.POSITIVE_INFINITY)
  const now = open.map(({ machine, manner }) => `${machine} ${manner}`).join(', ') || 'all well'
  return `${issued.size} attempts, ${online.length + uploads.length} acknowledged, not final: ${lost}; ${faults.length} faults, now: ${now}`
}
