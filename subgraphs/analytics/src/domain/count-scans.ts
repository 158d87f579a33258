/** An attempt as gates tells it, as far as it is counted here. */
export interface Scan {
  /** Its number in the event's ledger. */
  readonly ledgerSeq: number
  readonly gateId: string
  readonly direction: 'ENTRY' | 'EXIT'
  readonly outcome: 'ADMITTED' | 'REJECTED' | 'QUARANTINED'
  /** What the row says; absent in messages from before it was told: SCAN. */
  readonly kind?: 'SCAN' | 'OFFLINE_ADMISSION' | 'NOT_ENTERED' | 'UNDO' | 'COUNTED' | 'DISMISSED'
  /** RFC 3339: when it happened, by the server's clock. */
  readonly effectiveAt: string
  /** Whether it is the first admission of its credential, or takes back its only one. */
  readonly firstAdmission?: boolean
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

const nothing: Passages = { entries: 0, firstEntries: 0, exits: 0, rejected: 0 }

function passagesOf({ kind, outcome, direction, firstAdmission }: Scan): Passages {
  if (kind === 'NOT_ENTERED' || kind === 'UNDO') return walked(direction, firstAdmission, -1)
  if (outcome === 'ADMITTED') return walked(direction, firstAdmission, 1)
  // A decision about what was quarantined is nobody's attempt.
  const isRefusal = outcome === 'REJECTED' && kind !== 'COUNTED' && kind !== 'DISMISSED'
  return isRefusal ? { ...nothing, rejected: 1 } : nothing
}

function walked(direction: Scan['direction'], isFirst: boolean | undefined, by: 1 | -1): Passages {
  if (direction === 'EXIT') return { ...nothing, exits: by }
  return { ...nothing, entries: by, firstEntries: isFirst ? by : 0 }
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
