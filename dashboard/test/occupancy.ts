import type { Occupancy } from '../src/live/occupancy.ts'

export const START = Date.parse('2026-11-22T17:00:00.000Z')

interface Counts {
  /** Milliseconds after `START`. */
  atMs?: number
  reset?: boolean
  /** Entries of the gates `g1`, `g2`, … */
  entries?: readonly number[]
  exits?: readonly number[]
}

/** An event's counts at a `seq`. */
export function occupancyAt(
  seq: number,
  { atMs = 0, reset = false, entries = [], exits = [] }: Counts = {},
): Occupancy {
  return {
    event: { id: 'evt_1', name: 'Doors Open' },
    seq,
    asOf: new Date(START + atMs).toISOString(),
    admitted: seq,
    inside: seq,
    reset,
    zones: [],
    gates: entries.map((count, index) => ({
      gate: { id: `g${index + 1}`, name: `Gate ${index + 1}`, status: 'OPEN_BOTH' },
      entries: count,
      exits: exits[index] ?? 0,
      rejected: 0,
      entriesPerMinute: 0,
    })),
  }
}
