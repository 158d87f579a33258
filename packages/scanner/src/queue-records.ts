import type { SealedStore } from './sealed-store.ts'
import type { WaitingScan } from './waiting-scan.ts'

const DIGITS = 10
const SCAN_NAME = /^\d{10}$/
const LAST = 'last'

/** What a queue keeps: a record an attempt, named as its number, and the last number once its record is gone. */
export interface QueueRecords {
  /** By number, in order; as of the last `refresh`. */
  readonly scans: ReadonlyMap<number, WaitingScan>
  /** How many records do not open. They stay where they are, and their numbers stay used. */
  readonly damaged: number
  /** The highest number that was ever given. */
  readonly lastSeq: number
  /** Reads what another window has changed meanwhile. */
  refresh(): Promise<void>
  put(scan: WaitingScan): Promise<void>
  remove(seqs: readonly number[]): Promise<void>
}

/** Opens the records. */
export function queueRecords(store: SealedStore): QueueRecords {
  let scans = new Map<number, WaitingScan>()
  let damaged = 0
  let lastSeq = 0

  async function refresh(): Promise<void> {
    const names = (await store.names()).filter((name) => SCAN_NAME.test(name)).sort()
    const before = scans
    scans = new Map()
    damaged = 0
    for (const seq of names.map(Number)) {
      const known = before.get(seq)
      // An undecided one may have been decided by another window.
      const scan = known?.outcome ? known : await store.get(nameOf(seq))
      if (scan) scans.set(seq, scan as WaitingScan)
      else if (scan === null) damaged += 1
    }
    lastSeq = Math.max(lastSeq, await readLast(store), Number(names.at(-1) ?? 0))
  }

  return {
    ...{ refresh },
    get scans() {
      return scans
    },
    get damaged() {
      return damaged
    },
    get lastSeq() {
      return lastSeq
    },
    async put(scan) {
      await store.set(nameOf(scan.deviceSeq), scan)
      scans.set(scan.deviceSeq, scan)
      lastSeq = Math.max(lastSeq, scan.deviceSeq)
    },
    async remove(seqs) {
      // First the mark, then the record that showed the number until now: after a crash between them both are there.
      if (seqs.includes(lastSeq)) await store.set(LAST, { seq: lastSeq })
      for (const seq of seqs) {
        await store.delete(nameOf(seq))
        scans.delete(seq)
      }
    },
  }
}

function nameOf(seq: number): string {
  return String(seq).padStart(DIGITS, '0')
}

async function readLast(store: SealedStore): Promise<number> {
  const mark = (await store.get(LAST)) as { seq: number } | null | undefined
  if (mark === null) throw new Error('The queue was sealed with another key: its last number cannot be read.')
  return mark?.seq ?? 0
}
