import type { Ground } from '../ground.ts'
import { attemptOf, isPassage, isTaking, type LedgerRow } from './read-ledger.ts'

/** An event's counts after one row. */
export interface Picture {
  readonly inside: number
  readonly admitted: number
  /** Bodies in each zone and in what lies in it. */
  readonly zones: ReadonlyMap<string, number>
}

/** What a gate let through and sent away. */
export interface GateSums {
  entries: number
  exits: number
  rejected: number
}

/** What comes out of the ledger alone, by the definitions of the contract. */
export interface Walk {
  /** After each row; the first stands for number 1. */
  readonly pictures: readonly Picture[]
  /** Bodies directly in each place, at the end. */
  readonly bodies: ReadonlyMap<string, number>
  /** Those of them that came with a code that no ticket has. */
  readonly nameless: ReadonlyMap<string, number>
  readonly gates: ReadonlyMap<string, GateSums>
  /** Rows after which something was below zero, or a number that is missing. */
  readonly faults: readonly string[]
  /** Breaks of a zone's capacity by an online scan, or of the word ZONE_FULL. */
  readonly crowding: readonly string[]
  /** Online admissions into a HARD zone, and refusals since one was full. */
  readonly hardEntries: number
  readonly zoneFull: number
}

/** Counts an event anew, row by row. */
export function walkLedger(rows: readonly LedgerRow[], ground: Pick<Ground, 'hard' | 'chains'>): Walk {
  const walker = new Walker(ground)
  for (const row of rows) walker.take(row)
  return walker
}

class Walker implements Walk {
  readonly pictures: Picture[] = []
  readonly bodies = new Map<string, number>()
  readonly nameless = new Map<string, number>()
  readonly gates = new Map<string, GateSums>()
  readonly faults: string[] = []
  readonly crowding: string[] = []
  hardEntries = 0
  zoneFull = 0
  readonly #ground: Pick<Ground, 'hard' | 'chains'>
  readonly #zones = new Map<string, number>()
  /** Attempts that stand as an admission → whose. */
  readonly #standing = new Map<number, string>()
  /** Credential → how many of its admissions stand. */
  readonly #admissions = new Map<string, number>()
  #inside = 0

  constructor(ground: Pick<Ground, 'hard' | 'chains'>) {
    this.#ground = ground
  }

  take(row: LedgerRow): void {
    if (row.ledgerSeq !== this.pictures.length + 1)
      this.faults.push(`number ${this.pictures.length + 1} is missing before ${row.ledgerSeq}`)
    if (row.reason === 'ZONE_FULL' && !row.offline) this.#checkFull(row)
    this.#move(row)
    this.#count(row)
    if (isPassage(row) && row.kind === 'SCAN' && !row.offline && !row.unmatched) this.#checkCapacity(row)
    this.#note(row)
  }

  #move({ unmatched, fromPlace, toPlace, detail, ...row }: LedgerRow): void {
    for (const [place, bodies] of Object.entries(detail?.places ?? {})) {
      this.#add(place, -bodies)
      this.#inside -= bodies
      // A zone that is emptied loses the nameless too.
      if (row.bodies !== null && !('credentialId' in (detail ?? {}))) this.nameless.delete(place)
    }
    if (unmatched || !(isPassage(row) || isTaking(row))) return
    if (fromPlace !== null) this.#add(fromPlace, -1)
    if (toPlace !== null) this.#add(toPlace, 1)
    this.#inside += Number(fromPlace === null) - Number(toPlace === null)
    if (row.credentialId !== null) return
    if (fromPlace !== null) this.nameless.set(fromPlace, (this.nameless.get(fromPlace) ?? 0) - 1)
    if (toPlace !== null) this.nameless.set(toPlace, (this.nameless.get(toPlace) ?? 0) + 1)
  }

  #add(place: string, more: number): void {
    this.bodies.set(place, (this.bodies.get(place) ?? 0) + more)
    for (const zone of this.#ground.chains.get(place) ?? [])
      this.#zones.set(zone, (this.#zones.get(zone) ?? 0) + more)
  }

  #count(row: LedgerRow): void {
    const { gateId, direction, credentialId } = row
    const attempt = attemptOf(row)
    if (isPassage(row) && direction === 'ENTRY' && credentialId !== null) {
      this.#standing.set(attempt, credentialId)
      this.#admissions.set(credentialId, (this.#admissions.get(credentialId) ?? 0) + 1)
    } else if (isTaking(row)) this.#takeBack(attempt)
    if (gateId === null || direction === null) return
    const sums = this.gates.get(gateId) ?? { entries: 0, exits: 0, rejected: 0 }
    this.gates.set(gateId, sums)
    const step = isTaking(row) ? -1 : Number(isPassage(row))
    sums[direction === 'ENTRY' ? 'entries' : 'exits'] += step
    sums.rejected += Number(row.kind === 'SCAN' && row.outcome === 'REJECTED')
  }

  #takeBack(attempt: number): void {
    const credentialId = this.#standing.get(attempt)
    if (credentialId === undefined) return
    this.#standing.delete(attempt)
    const left = (this.#admissions.get(credentialId) ?? 0) - 1
    if (left > 0) this.#admissions.set(credentialId, left)
    else this.#admissions.delete(credentialId)
  }

  #chain(place: string | null): readonly string[] {
    return this.#ground.chains.get(place ?? '') ?? []
  }

  #checkCapacity({ ledgerSeq, fromPlace, toPlace }: LedgerRow): void {
    const before = this.#chain(fromPlace)
    for (const zone of this.#chain(toPlace)) {
      const capacity = this.#ground.hard.get(zone)
      if (capacity === undefined || before.includes(zone)) continue
      this.hardEntries++
      const inside = this.#zones.get(zone) ?? 0
      if (inside > capacity) this.crowding.push(`${zone} holds ${inside} of ${capacity} after ${ledgerSeq}`)
    }
  }

  #checkFull({ ledgerSeq, toPlace }: LedgerRow): void {
    this.zoneFull++
    const isFull = (zone: string) => (this.#zones.get(zone) ?? 0) >= (this.#ground.hard.get(zone) ?? Infinity)
    if (!this.#chain(toPlace).some(isFull)) this.crowding.push(`${ledgerSeq} says ZONE_FULL and none is full`)
  }

  #note({ ledgerSeq }: LedgerRow): void {
    const low = [...this.bodies].filter(([, bodies]) => bodies < 0)
    for (const [place, bodies] of low) this.faults.push(`${place} holds ${bodies} after ${ledgerSeq}`)
    if (this.#inside < 0) this.faults.push(`${this.#inside} inside after ${ledgerSeq}`)
    this.pictures.push({
      inside: this.#inside,
      admitted: this.#admissions.size,
      zones: new Map(this.#zones),
    })
  }
}
