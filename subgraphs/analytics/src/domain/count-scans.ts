/** An attempt as gates tells it, as far as it is counted here. */
export interface Scan {
  /** Its number in the event's ledger. */
  readonly ledgerSeq: number
  readonly gateId: string
  readonly direction: 'ENTRY' | 'EXIT'
  readonly outcome: 'ADMITTED' | 'REJECTED'
  /** RFC 3339: when it happened, by the server's clock. */
  readonly effectiveAt: string
  /** Whether it is the first admission of its credential. */
  readonly firstAdmission: boolean
}

/** What passed a gate. */
export interface Passages {
  readonly entries: number
  readonly firstEntries: number
  readonly exits: number
  readonly rejected: number
}

/** What passed one gate in one second. */
export interface GateSecond extends Passages {
  readonly gateId: string
  readonly second: Date
}

function passagesOf({ outcome, direction, firstAdmission }: Scan): Passages {
  const isAdmitted = outcome === 'ADMITTED'
  const isEntry = isAdmitted && direction === 'ENTRY'
  return {
    entries: isEntry ? 1 : 0,
    firstEntries: isEntry && firstAdmission ? 1 : 0,
    exits: isAdmitted && direction === 'EXIT' ? 1 : 0,
    rejected: isAdmitted ? 0 : 1,
  }
}

function sum(one: Passages, other: Passages): Passages {
  return {
    entries: one.entries + other.entries,
    firstEntries: one.firstEntries + other.firstEntries,
    exits: one.exits + other.exits,
    rejected: one.rejected + other.rejected,
  }
}

/** Counts scans by gate and second. A `ledgerSeq` that is there twice counts once. */
export function countScans(scans: readonly Scan[]): GateSecond[] {
  const distinct = new Map(scans.map((scan) => [scan.ledgerSeq, scan]))
  const cells = new Map<string, GateSecond>()
  for (const scan of distinct.values()) {
    const second = new Date(Math.floor(Date.parse(scan.effectiveAt) / 1000) * 1000)
    const cell = { gateId: scan.gateId, second, ...passagesOf(scan) }
    const key = `${scan.gateId} ${second.getTime()}`
    const before = cells.get(key)
    cells.set(key, before ? { ...cell, ...sum(before, cell) } : cell)
  }
  return [...cells.values()]
}
