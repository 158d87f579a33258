import type { Occupancy } from '../live/occupancy.ts'
import { bucketStart, CELL_S } from './bucket.ts'

/** Movements at one gate. */
export interface Movements {
  entries: number
  exits: number
}

/** From and to, milliseconds since 1970. */
type Stretch = readonly [from: number, to: number]

/** Two messages further apart than this do not say in which cell people came. */
const GAP_MS = 5000
/** Only the newest buckets are filled from here. */
const KEEP_MS = 2 * 3_600_000

/**
 * What this page has seen happen, in cells of `CELL_S` seconds: it extends the chart until analytics has recorded
 * the same. It never holds more than what truly passed, since it began at some moment and skips every hole; and it
 * knows its holes, so that nobody takes them for a time in which nobody came.
 */
export class Observed {
  /** Start of the cell in milliseconds → gate → movements. */
  readonly #cells = new Map<number, Map<string, Movements>>()
  #holes: Stretch[] = []
  /** `asOf` of the newest message, milliseconds since 1970. */
  #seenUntil: number | undefined

  /** Adds what changed between two messages that follow one another. */
  add(before: Occupancy | undefined, after: Occupancy): void {
    const asOf = Date.parse(after.asOf)
    this.#seenUntil = Math.max(this.#seenUntil ?? asOf, asOf)
    // The same seq says that nothing happened, however long it was.
    if (!before || (after.seq <= before.seq && !after.reset)) return
    const beforeAt = Date.parse(before.asOf)
    if (after.reset || asOf - beforeAt > GAP_MS) {
      this.#holes = [...this.#holes.filter(([, to]) => to > asOf - KEEP_MS), [beforeAt, asOf]]
      return
    }
    const earlier = new Map(before.gates.map((count) => [count.gate.id, count]))
    const cell = this.#cell(bucketStart(asOf, CELL_S))
    for (const { gate, entries, exits } of after.gates) {
      const previous = earlier.get(gate.id)
      if (!previous) continue
      const sum = cell.get(gate.id) ?? { entries: 0, exits: 0 }
      // An undo lowers a counter: analytics knows to which moment it belongs, this page does not.
      sum.entries += Math.max(0, entries - previous.entries)
      sum.exits += Math.max(0, exits - previous.exits)
      cell.set(gate.id, sum)
    }
  }

  /** What was seen at a gate from `from` until before `to`, in milliseconds. */
  between(gateId: string, from: number, to: number): Movements {
    const sum = { entries: 0, exits: 0 }
    for (let at = bucketStart(from, CELL_S); at < to; at += CELL_S * 1000) {
      const seen = this.#cells.get(at)?.get(gateId)
      sum.entries += seen?.entries ?? 0
      sum.exits += seen?.exits ?? 0
    }
    return sum
  }

  /**
   * For how many milliseconds from `from` until `to` this page saw nothing, up to `to` = now at most; 0 before its first
   * message, since it was not asked to look then.
   */
  unseenMs(from: number, to: number): number {
    const seenUntil = this.#seenUntil ?? Number.POSITIVE_INFINITY
    const open: Stretch[] = to - seenUntil > GAP_MS ? [[seenUntil, to]] : []
    return [...this.#holes, ...open]
      .map(([start, end]) => Math.max(0, Math.min(end, to) - Math.max(start, from)))
      .reduce((sum, ms) => sum + ms, 0)
  }

  #cell(at: number): Map<string, Movements> {
    const found = this.#cells.get(at)
    if (found) return found
    for (const old of this.#cells.keys()) if (old < at - KEEP_MS) this.#cells.delete(old)
    const made = new Map<string, Movements>()
    this.#cells.set(at, made)
    return made
  }
}
