import type { Askable, Attempt, Reason } from './attempt.ts'
import {
  type Circumstances,
  circumstancesOf,
  firstAdmissionOf,
  lackingOf,
  placeLeft,
} from './circumstances.ts'
import type { GateRow, Place, TicketTypeRow } from './ground.ts'
import type { ScanRow } from './ledger.ts'
import { movePresence } from './move-presence.ts'
import { reasonAgainst } from './reasons.ts'
import { refusalOf } from './refuse.ts'
import { addBodies, deviceSeqKey, type PresenceRow, type ScanState } from './scan-state.ts'

/** What became of an attempt in its batch. */
export type Decision =
  | ({ readonly kind: 'recorded'; readonly scan: ScanRow; readonly isReplayed: boolean } & Surroundings)
  | { readonly kind: 'idempotencyConflict' }
  /** Not decided: ask others for these things and hand it in again. */
  | { readonly kind: 'lacking'; readonly lacking: readonly Askable[] }

/** What an answer shows of other things, as the batch saw them. */
interface Surroundings {
  readonly gate: GateRow | undefined
  readonly ticketType: Pick<TicketTypeRow, 'id' | 'name'> | undefined
}

/** What a device's attempts of a batch leave to be kept. */
export interface DeviceUpdate {
  readonly id: string
  readonly lastSeq: number
  readonly lastSeenAt: Date
  readonly clockSkewMs: number
}

/** What a batch leaves to be written. */
export interface BatchChange {
  readonly scans: readonly ScanRow[]
  readonly presence: readonly PresenceRow[]
  /** place → bodies directly in it, more or less. */
  readonly bodies: ReadonlyMap<string, number>
  readonly admitted: number
  readonly inside: number
  readonly devices: readonly DeviceUpdate[]
  /** Admissions by the word of the code alone, to be checked again. */
  readonly unconfirmed: readonly ScanRow[]
  /** Numbers that a device had used for another attempt. */
  readonly reusedDeviceSeqs: readonly { readonly scan: ScanRow; readonly usedBy: string }[]
}

const CLOCK_TOLERANCE_MS = 60_000
const LARGEST_INT = 0x7fff_ffff

/** Decides a batch in order. Pure but for `state`, which holds what each attempt changed for those after it. */
export function decideBatch(
  state: ScanState,
  attempts: readonly Attempt[],
  isDegraded: boolean,
): { decisions: Decision[]; change: BatchChange } {
  const draft = createDraft()
  const decisions = attempts.map((attempt): Decision => {
    const gate = state.gates.get(attempt.gateId)
    if (!gate) throw new Error(`gate ${attempt.gateId} is not in event ${attempt.eventId}`)
    const before = state.recorded.get(attempt.scanId)
    if (before) return replayOf(before, attempt, state)
    const circumstances = circumstancesOf(attempt, gate, state)
    const lacking = lackingOf(circumstances)
    if (lacking.length > 0) return { kind: 'lacking', lacking }
    const { reason, overridden } = reasonAgainst(circumstances)
    // The event may have opened a moment ago: its word is taken once more before anybody is sent away.
    if (reason === 'EVENT_NOT_OPEN' && !attempt.asked.has('event'))
      return { kind: 'lacking', lacking: ['event'] }
    const scan = record(circumstances, { reason, overridden, isDegraded, draft })
    const { ticketType } = circumstances
    return { kind: 'recorded', scan, isReplayed: false, gate, ticketType }
  })
  return {
    decisions,
    change: { ...draft, presence: [...draft.presence.values()], devices: [...draft.devices.values()] },
  }
}

function createDraft() {
  return {
    scans: [] as ScanRow[],
    presence: new Map<string, PresenceRow>(),
    bodies: new Map<string, number>(),
    devices: new Map<string, DeviceUpdate>(),
    unconfirmed: [] as ScanRow[],
    reusedDeviceSeqs: [] as { scan: ScanRow; usedBy: string }[],
    admitted: 0,
    inside: 0,
  }
}
type Draft = ReturnType<typeof createDraft>

function replayOf(scan: ScanRow, attempt: Attempt, state: ScanState): Decision {
  const isSame =
    scan.codeHash === attempt.codeHash &&
    scan.gateId === attempt.gateId &&
    scan.direction === attempt.direction
  if (!isSame) return { kind: 'idempotencyConflict' }
  const ticketType = state.ticketTypes.get(scan.ticketTypeId ?? '')
  return { kind: 'recorded', scan, isReplayed: true, gate: state.gates.get(scan.gateId), ticketType }
}

interface Judgement {
  readonly reason: Reason | null
  readonly overridden: readonly Reason[]
  readonly isDegraded: boolean
  readonly draft: Draft
}

function record(circumstances: Circumstances, judgement: Judgement): ScanRow {
  const { attempt, state, from, to, standing, presence } = circumstances
  const { reason, overridden, draft } = judgement
  const left = reason === null ? placeLeft(circumstances) : from
  const isUnmatched = left === 'nowhere'
  const isAdmission = reason === null && attempt.direction === 'ENTRY' && to !== null
  const clockSkewMs = attempt.scannedAt.getTime() - attempt.receivedAt.getTime()
  const { actor, overrideReason, asked: _asked, codeWord: _word, code: _code, ...rest } = attempt
  const scan: ScanRow = {
    ...rest,
    actorKind: actor.kind,
    actorId: actor.id,
    deviceId: actor.kind === 'device' ? actor.id : null,
    ledgerSeq: state.facts.ledgerSeq + draft.scans.length + 1,
    outcome: reason === null ? 'ADMITTED' : 'REJECTED',
    reason,
    credentialId: circumstances.credentialId,
    ticketTypeId: circumstances.ticket?.ticketTypeId ?? null,
    fromPlace: isUnmatched ? from : left,
    toPlace: to,
    unmatched: isUnmatched,
    offline: false,
    isFirstAdmission: isAdmission && firstAdmissionOf(presence) === null,
    effectiveAt: attempt.receivedAt,
    clockSuspect: Math.abs(clockSkewMs) > CLOCK_TOLERANCE_MS,
    degraded: judgement.isDegraded || standing.kind === 'carried',
    overrideReason: overridden.length > 0 && reason === null ? overrideReason : null,
    overridden: reason === null ? overridden : [],
    refusal: reason === null ? null : refusalOf(reason, circumstances),
  }
  draft.scans.push(scan)
  if (reason === null && standing.kind === 'carried') draft.unconfirmed.push(scan)
  state.recorded.set(scan.scanId, scan)
  noteDevice(scan, { state, draft, clockSkewMs })
  if (reason === null) admit(scan, { state, draft, isAdmission })
  return scan
}

/** Lets the body through: moves its counts, and keeps what the credential did. */
function admit(
  scan: ScanRow,
  { state, draft, isAdmission }: { state: ScanState; draft: Draft; isAdmission: boolean },
): void {
  const { fromPlace, toPlace, credentialId } = scan
  if (scan.isFirstAdmission) draft.admitted += 1
  if (!scan.unmatched) {
    moveBody(fromPlace, -1, { state, draft })
    moveBody(toPlace, 1, { state, draft })
    draft.inside += Number(fromPlace === null) - Number(toPlace === null)
  }
  if (credentialId === null) return
  const places = state.presence.get(credentialId) ?? new Map<string, PresenceRow>()
  state.presence.set(credentialId, places)
  for (const row of movePresence(places, scan, isAdmission)) {
    places.set(row.placeId, row)
    draft.presence.set(`${credentialId} ${row.placeId}`, row)
  }
}

function moveBody(place: Place, by: 1 | -1, { state, draft }: { state: ScanState; draft: Draft }): void {
  if (place === null) return
  addBodies(state, place, by)
  draft.bodies.set(place, (draft.bodies.get(place) ?? 0) + by)
}

function noteDevice(
  scan: ScanRow,
  { state, draft, clockSkewMs }: { state: ScanState; draft: Draft; clockSkewMs: number },
): void {
  const { deviceId, deviceSeq } = scan
  if (deviceId === null || deviceSeq === null || !state.devices.has(deviceId)) return
  const key = deviceSeqKey(deviceId, deviceSeq)
  const usedBy = state.usedDeviceSeqs.get(key)
  if (usedBy === undefined) state.usedDeviceSeqs.set(key, scan.scanId)
  else if (usedBy !== scan.scanId) draft.reusedDeviceSeqs.push({ scan, usedBy })
  draft.devices.set(deviceId, {
    id: deviceId,
    lastSeq: Math.max(deviceSeq, draft.devices.get(deviceId)?.lastSeq ?? 0),
    lastSeenAt: scan.receivedAt,
    clockSkewMs: Math.max(-LARGEST_INT, Math.min(LARGEST_INT, clockSkewMs)),
  })
}
