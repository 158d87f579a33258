import { gates, registered, ticketTypes } from './ground.ts'
import { type Draws, seededDraws } from './random.ts'

/** What a person at a gate does with a code. */
export interface Attempt {
  /** When, in milliseconds after doors open. */
  readonly dueMs: number
  /** Whose code, counted over all registrations; undefined = a code that nobody issued. */
  readonly person: number | undefined
  /** Where: index of the gate. */
  readonly gate: number
  /** Which of the gate's lanes. */
  readonly lane: number
  readonly direction: 'ENTRY' | 'EXIT'
  /** Whether the answer gets lost on its way, so that the device sends the same attempt again. */
  readonly isRetried: boolean
}

/** What happens at the doors, in order of time. */
export interface Scenario {
  readonly attempts: readonly Attempt[]
  /** When the last one leaves, in milliseconds after doors open. */
  readonly endMs: number
}

/** What is told as a minute takes three seconds here: gaps are 20 times shorter. */
export const millisecondsPerMinute = 3000
/** Minutes from doors to the start of the show. */
export const minutesToStart = 180
/** When people begin to leave, in milliseconds after doors open: 11 minutes of the clock after the start. */
export const leaveFromMs = (minutesToStart + 220) * millisecondsPerMinute

const showUp = 0.94
const leaveForMs = 240_000
const indices = gates.map((_, index) => index)

/** When a person comes, in minutes before (−) or after (+) the start. */
function arrivalMinute(draws: Draws): number {
  const pattern = draws.weighted([5, 17, 72, 6])
  const minute = [
    () => -minutesToStart + draws.exponential(8),
    () => draws.triangular(-minutesToStart, -75, -20),
    () => draws.normal(-27, 13),
    () => draws.exponential(18),
  ][pattern]?.()
  return Math.max(-minutesToStart, minute ?? 0)
}

/** Index of a person's ticket type: registrations are counted type by type. */
export function typeOf(person: number): number {
  let first = 0
  return ticketTypes.findIndex((type) => {
    first += type.registered
    return person < first
  })
}

/**
 * Everything that happens at the doors of one edition: arrivals, and what real gates see beside them (codes shown twice,
 * wrong gates, forged codes, lost answers, people who go out and come back), then everybody leaves. The same seed gives
 * the same scenario.
 */
export function planScenario(seed: number): Scenario {
  const draws = seededDraws(seed)
  const attempts: Attempt[] = []
  for (let person = 0; person < registered; person++) {
    if (draws.chance(showUp)) planVisit(person, draws, attempts)
  }
  attempts.sort((a, b) => a.dueMs - b.dueMs)
  return { attempts, endMs: attempts.at(-1)?.dueMs ?? 0 }
}

/** Everybody who is registered: those who come first are first, those who do not come at all are last. */
export function inOrderOfArrival({ attempts }: Scenario): number[] {
  const coming = attempts.flatMap(({ person }) => (person === undefined ? [] : [person]))
  const everybody = Array.from({ length: registered }, (_, person) => person)
  return [...new Set([...coming, ...everybody])]
}

function planVisit(person: number, draws: Draws, attempts: Attempt[]): void {
  const hasSeat = ticketTypes[typeOf(person)]?.name === 'Seated'
  const open = hasSeat ? indices.filter((index) => gates[index]?.admitsSeats) : indices
  const gate = open[draws.weighted(open.map((index) => gates[index]?.share ?? 0))] ?? 0
  const arrivesMs = (minutesToStart + arrivalMinute(draws)) * millisecondsPerMinute
  const add = (dueMs: number, direction: Attempt['direction'], more: Partial<Attempt> = {}) =>
    attempts.push({
      dueMs: Math.max(0, dueMs),
      person,
      gate,
      lane: Math.floor(draws.between(0, gates[gate]?.lanes ?? 1)),
      direction,
      isRetried: draws.chance(0.03),
      ...more,
    })
  // Somebody with a seat tries the nearest gate first.
  if (hasSeat && draws.chance(0.12)) add(arrivesMs - draws.between(200, 2000), 'ENTRY', { gate: 0, lane: 0 })
  if (draws.chance(0.008)) add(arrivesMs - draws.between(200, 2000), 'ENTRY', { person: undefined })
  add(arrivesMs, 'ENTRY')
  // A scanner triggers twice, or a friend shows the same code.
  if (draws.chance(0.02)) add(arrivesMs + draws.between(300, 1500), 'ENTRY')
  if (draws.chance(0.012)) add(arrivesMs + draws.between(1000, 10_000), 'ENTRY')
  planReturn(arrivesMs, draws, add)
  add(Math.max(arrivesMs, leaveFromMs) + draws.triangular(0, leaveForMs / 4, leaveForMs), 'EXIT')
}

/** Some go out once and come back. */
function planReturn(
  arrivesMs: number,
  draws: Draws,
  add: (dueMs: number, direction: Attempt['direction']) => void,
): void {
  const outMs = arrivesMs + draws.exponential(35) * millisecondsPerMinute
  if (!draws.chance(0.03) || outMs > leaveFromMs) return
  const backMs = outMs + draws.between(5, 20) * millisecondsPerMinute
  if (backMs > leaveFromMs) return
  add(outMs, 'EXIT')
  add(backMs, 'ENTRY')
}
