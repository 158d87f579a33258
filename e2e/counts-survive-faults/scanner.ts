import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scanner } from '../setup/venue.ts'
import { ONLINE } from './answer-selections.ts'
import type { Crowd } from './crowd.ts'
import type { Ground, Way } from './ground.ts'
import type { Attempt, Direction, Journal, OnlineAnswer, OwnDecision } from './journal.ts'
import type { SeededRandom } from './seeded-random.ts'
import { askOnce, untilAnswered } from './until-answered.ts'
import { uploadAll } from './upload.ts'

/** A device and the habits of who holds it. */
export interface Lane {
  readonly scanner: Scanner
  readonly ways: readonly Way[]
  readonly random: SeededRandom
  /** How wrong its clock is, in milliseconds. */
  readonly clockMs: number
  /** How long ago its own decisions may lie when it comes back, in milliseconds. */
  readonly longAgoMs: number
}

/** What all lanes share. */
export interface LaneParts {
  readonly ground: Ground
  readonly crowd: Crowd
  readonly journal: Journal
  readonly isOver: () => boolean
}

const PAUSE_MS = { least: 60, most: 260 }
const SHARES = { unknown: 0.02, sameAgain: 0.04, exit: 0.45, offline: 0.012, retry: 0.05, misuse: 0.005 }
/** After so many lost answers a device may decide by itself. */
const PATIENCE = 3
const ALONE_SHARE = 0.5
const ALONE = { least: 3, most: 25 }
const ADMIT_SHARE = 0.85

/**
 * Scans until it is over, then hands in what is left. The device numbers its attempts 1, 2, 3 …; each is sent until it has
 * its final answer, under the same scanId. Now and then the device goes offline, decides by itself and uploads that later.
 */
export async function workLane(lane: Lane, parts: LaneParts): Promise<void> {
  const { random, scanner } = lane
  const { journal, isOver } = parts
  let last = ''
  const next = () => {
    const deviceSeq = (journal.lastSeqs.get(scanner.deviceId) ?? 0) + 1
    journal.lastSeqs.set(scanner.deviceId, deviceSeq)
    const attempt = chooseAttempt(lane, parts, { deviceSeq, last })
    last = attempt.code
    journal.issued.add(attempt.scanId)
    return attempt
  }
  while (!isOver()) {
    const undecided = random.chance(SHARES.offline) ? next() : await scanOnline(lane, parts, next())
    if (undecided) await workAlone(lane, parts, { undecided, next })
    await sleep(random.between(PAUSE_MS.least, PAUSE_MS.most))
  }
}

interface Position {
  readonly deviceSeq: number
  /** The code that was scanned last. */
  readonly last: string
}

function chooseAttempt({ random, ways, clockMs }: Lane, { crowd }: LaneParts, { deviceSeq, last }: Position) {
  const way = random.pick(ways) as Way
  const direction: Direction = random.chance(SHARES.exit) ? 'EXIT' : 'ENTRY'
  const someone = crowd.someone(way, direction, random)
  const code = random.chance(SHARES.unknown)
    ? `${someone.slice(0, -6)}${randomUUID().slice(0, 6)}`
    : random.chance(SHARES.sameAgain) && last !== ''
      ? last
      : someone
  const scannedAt = new Date(Date.now() + clockMs).toISOString()
  return { scanId: randomUUID(), deviceSeq, code, gateId: way.gateId, direction, scannedAt }
}

/** Sends an attempt until it is answered. Answers it back where the device loses patience: then it decides by itself. */
async function scanOnline(lane: Lane, parts: LaneParts, attempt: Attempt): Promise<Attempt | undefined> {
  const { scanner, random } = lane
  const { journal, isOver } = parts
  const sentAt = Date.now()
  const isGivenUp = (tries: number) => tries >= PATIENCE && !isOver() && random.chance(ALONE_SHARE)
  const question = { field: 'recordScan', input: attempt, selection: ONLINE }
  const answer = await untilAnswered<OnlineAnswer>(scanner, question, { journal, isGivenUp })
  if (!answer) return attempt
  journal.online.push({ by: scanner, attempt, answer, sentAt, toldAt: Date.now() })
  if (!answer.scan) journal.oddities.push(`a scan was answered ${JSON.stringify(answer)}`)
  if (answer.__typename === 'ScanAdmitted') noteMoved(parts, attempt)
  if (random.chance(SHARES.retry)) await retry(lane, parts, { attempt, answer })
  if (random.chance(SHARES.misuse)) await misuse(lane, parts, attempt)
  return undefined
}

function noteMoved({ ground, crowd }: LaneParts, { code, gateId, direction }: Attempt): void {
  const way = ground.ways.find((one) => one.gateId === gateId)
  if (way) crowd.moved(code, way, direction)
}

interface Answered {
  readonly attempt: Attempt
  readonly answer: OnlineAnswer
}

/** The device missed the answer and sends the attempt again: it is the same answer. */
async function retry(
  { scanner }: Lane,
  { journal }: LaneParts,
  { attempt, answer }: Answered,
): Promise<void> {
  const question = { field: 'recordScan', input: attempt, selection: ONLINE }
  const again = await askOnce<OnlineAnswer>(scanner, question, journal)
  if (!again) return
  journal.retries.sent++
  if (again.replayed) journal.retries.replayed++
  if (JSON.stringify(again) !== JSON.stringify({ ...answer, replayed: true }))
    journal.oddities.push(`a retry was answered ${JSON.stringify(again)} after ${JSON.stringify(answer)}`)
}

/** The same scanId for something else is refused, and leaves no trace. */
async function misuse({ scanner }: Lane, { journal }: LaneParts, attempt: Attempt): Promise<void> {
  const input = { ...attempt, direction: attempt.direction === 'ENTRY' ? 'EXIT' : 'ENTRY' }
  const answer = await askOnce<OnlineAnswer>(
    scanner,
    { field: 'recordScan', input, selection: ONLINE },
    journal,
  )
  if (answer && answer.__typename !== 'IdempotencyConflict')
    journal.oddities.push(`a scanId that was used for two things was answered ${JSON.stringify(answer)}`)
}

interface Alone {
  /** The attempt with which it began. */
  readonly undecided: Attempt
  readonly next: () => Attempt
}

/** Decides by itself for a while, then uploads. */
async function workAlone(lane: Lane, parts: LaneParts, { undecided, next }: Alone): Promise<void> {
  const { random, longAgoMs } = lane
  const agoMs = random.below(longAgoMs + 1)
  const decisions = [decide(lane, parts, undecided)]
  const count = random.between(ALONE.least, ALONE.most)
  while (decisions.length < count && !parts.isOver()) {
    const attempt = next()
    const scannedAt = new Date(Date.parse(attempt.scannedAt) - agoMs).toISOString()
    decisions.push(decide(lane, parts, { ...attempt, scannedAt }))
    await sleep(random.between(PAUSE_MS.least, PAUSE_MS.most))
  }
  await uploadAll(lane, decisions, parts.journal)
}

function decide({ random }: Lane, parts: LaneParts, attempt: Attempt): OwnDecision {
  if (!random.chance(ADMIT_SHARE)) return { ...attempt, outcome: 'REJECTED' }
  noteMoved(parts, attempt)
  return { ...attempt, outcome: 'ADMITTED' }
}
