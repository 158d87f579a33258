import type { AttemptHead, ScanRow } from './ledger.ts'
import type { PresenceRow } from './scan-state.ts'

/** What a device's attempts of a batch leave to be kept. */
export interface DeviceUpdate {
  readonly id: string
  readonly lastSeq: number
  /** The numbers of its attempts in this batch. */
  readonly seqs: readonly number[]
  readonly lastSeenAt: Date
  readonly clockSkewMs: number
}

/** What a gate's counts change by. */
export interface GateDelta {
  readonly gateId: string
  readonly entries: number
  readonly exits: number
  readonly rejected: number
}

/** Entries of one second at a gate. */
export interface GateSecond {
  readonly gateId: string
  /** Since 1970. */
  readonly second: number
  readonly entries: number
}

/** What a batch leaves to be written. */
export interface BatchChange {
  readonly scans: readonly ScanRow[]
  /** What the ledger holds now of the scanIds that it wrote about. */
  readonly heads: readonly AttemptHead[]
  readonly presence: readonly PresenceRow[]
  /** place → bodies directly in it, more or less. */
  readonly bodies: ReadonlyMap<string, number>
  readonly gates: readonly GateDelta[]
  readonly seconds: readonly GateSecond[]
  readonly admitted: number
  readonly inside: number
  readonly devices: readonly DeviceUpdate[]
  /** Admissions by the word of the code alone, to be checked again. */
  readonly unconfirmed: readonly ScanRow[]
  /** Attempts under a number that their device had used for another one. */
  readonly reusedDeviceSeqs: readonly ScanRow[]
}

/** A change that is being made. */
export interface Draft {
  readonly scans: ScanRow[]
  readonly heads: Map<string, AttemptHead>
  readonly presence: Map<string, PresenceRow>
  readonly bodies: Map<string, number>
  readonly gates: Map<string, GateDelta>
  readonly seconds: Map<string, GateSecond>
  readonly devices: Map<string, DeviceUpdate>
  readonly unconfirmed: ScanRow[]
  readonly reusedDeviceSeqs: ScanRow[]
  admitted: number
  inside: number
}

/** Begins a change. */
export function createDraft(): Draft {
  return {
    ...{ scans: [], unconfirmed: [], reusedDeviceSeqs: [] },
    ...{ heads: new Map(), presence: new Map(), bodies: new Map() },
    ...{ gates: new Map(), seconds: new Map(), devices: new Map() },
    ...{ admitted: 0, inside: 0 },
  }
}

/** Adds to a gate's counts. */
export function countAtGate(draft: Draft, gateId: string, more: Partial<Omit<GateDelta, 'gateId'>>): void {
  const { entries = 0, exits = 0, rejected = 0 } = draft.gates.get(gateId) ?? {}
  draft.gates.set(gateId, {
    gateId,
    entries: entries + (more.entries ?? 0),
    exits: exits + (more.exits ?? 0),
    rejected: rejected + (more.rejected ?? 0),
  })
}

/** Adds an entry to a gate's rate. */
export function countInSecond(draft: Draft, gateId: string, at: Date): void {
  const second = Math.floor(at.getTime() / 1000)
  const key = `${gateId} ${second}`
  draft.seconds.set(key, { gateId, second, entries: (draft.seconds.get(key)?.entries ?? 0) + 1 })
}

/** The finished change. */
export function changeOf(draft: Draft): BatchChange {
  const { heads, presence, gates, seconds, devices, ...rest } = draft
  return {
    ...rest,
    heads: [...heads.values()],
    presence: [...presence.values()],
    gates: [...gates.values()],
    seconds: [...seconds.values()],
    devices: [...devices.values()],
  }
}
