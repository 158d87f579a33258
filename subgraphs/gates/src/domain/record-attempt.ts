import type { Judgement, Place } from '@headcount/scan-rules'
import type { Attempt } from './attempt.ts'
import { type Circumstances, firstAdmissionOf } from './circumstances.ts'
import type { Bench } from './decision.ts'
import { countAtGate, countInSecond } from './draft.ts'
import type { AttemptHead, Conflict, ScanKind, ScanOutcome, ScanRow } from './ledger.ts'
import { rowsAfter } from './move-presence.ts'
import { settle, shiftBetween } from './movements.ts'
import { refusalOf } from './refuse.ts'
import { addBodies, deviceSeqKey, type PresenceRow, type ScanState } from './scan-state.ts'

const CLOCK_TOLERANCE_MS = 60_000
const LARGEST_INT = 0x7fff_ffff

/** What is to be written about an attempt. */
export interface Verdict {
  readonly kind: ScanKind
  readonly outcome: ScanOutcome
  readonly reason: ScanRow['reason']
  readonly refusal: ScanRow['refusal']
  readonly overridden: ScanRow['overridden']
  readonly conflict: Conflict | null
  readonly ofSeq: number | null
  readonly note?: string
}

/** Records an attempt as the server judges it. */
export function recordAttempt(circumstances: Circumstances, judgement: Judgement, bench: Bench): ScanRow {
  const { reason, overridden, conflict } = judgement
  const verdict: Verdict = {
    ...{ kind: 'SCAN', ofSeq: null, reason },
    outcome: reason === null ? 'ADMITTED' : 'REJECTED',
    refusal: reason === null ? null : refusalOf(reason, circumstances),
    overridden: reason === null ? overridden : [],
    conflict: reason === null ? conflict : null,
  }
  return write(circumstances, verdict, bench)
}

/** Writes a row about an attempt, and what follows from it. */
export function write(circumstances: Circumstances, verdict: Verdict, bench: Bench): ScanRow {
  const { attempt, state, from, to, standing } = circumstances
  const { draft } = bench
  const isAdmitted = verdict.outcome === 'ADMITTED'
  const clockSkewMs =
    attempt.offline?.clockSkewMs ?? attempt.scannedAt.getTime() - attempt.receivedAt.getTime()
  const { actor, overrideReason, asked: _asked, codeWord: _word, code: _code, offline, ...rest } = attempt
  const entry = {
    ...rest,
    ...verdict,
    actorKind: actor.kind,
    actorId: actor.id,
    deviceId: actor.kind === 'device' ? actor.id : null,
    ledgerSeq: state.facts.ledgerSeq + draft.scans.length + 1,
    credentialId: circumstances.credentialId,
    ticketTypeId: circumstances.ticket?.ticketTypeId ?? null,
    offline: offline !== null,
    effectiveAt: circumstances.at,
    clockSuspect: Math.abs(clockSkewMs) > CLOCK_TOLERANCE_MS,
    degraded: bench.isDegraded || standing.kind === 'carried',
    overrideReason: isAdmitted && verdict.overridden.length > 0 ? overrideReason : null,
    note: verdict.note ?? null,
    decided: verdict.outcome === 'QUARANTINED' ? (offline?.outcome ?? null) : null,
  }
  const way = isAdmitted
    ? walk(circumstances, entry, bench)
    : { fromPlace: from, toPlace: to, unmatched: false, isFirstAdmission: false }
  const scan: ScanRow = { ...entry, ...way }
  draft.scans.push(scan)
  if (isAdmitted && standing.kind === 'carried') draft.unconfirmed.push(scan)
  count(scan, bench)
  noteHead(scan, bench)
  noteDevice(scan, attempt, { bench, clockSkewMs })
  return scan
}

type Way = Pick<ScanRow, 'fromPlace' | 'toPlace' | 'unmatched' | 'isFirstAdmission'>

/** Lets the body through: keeps what the credential did, moves its counts, and says what moved. */
function walk(
  circumstances: Circumstances,
  entry: Pick<ScanRow, 'effectiveAt' | 'ledgerSeq' | 'gateId' | 'deviceId'>,
  bench: Bench,
): Way {
  const { direction, state, from, to, credentialId, presence, left } = circumstances
  const isAdmission = direction === 'ENTRY' && to !== null
  const movement = {
    ...({ kind: 'passage', from, to, direction, at: entry.effectiveAt } as const),
    ...{ ledgerSeq: entry.ledgerSeq, gateId: entry.gateId, deviceId: entry.deviceId },
  }
  const known = state.movements.get(credentialId ?? '')
  known?.push(movement)
  // A reset that it comes before touched only those who were there.
  const isLate =
    presence.some((row) => row.lastMovementAt > entry.effectiveAt) ||
    known?.some(({ at }) => at > entry.effectiveAt)
  if (credentialId !== null && known && isLate) {
    const resettled = resettle(credentialId, { known, bench })
    if (resettled) return { ...resettled, isFirstAdmission: resettled.admitted === 1 }
  }
  // A body whose ticket nobody knows is nobody's admission.
  const isFirstAdmission = isAdmission && credentialId !== null && firstAdmissionOf(presence) === null
  const way = { fromPlace: left === 'nowhere' ? from : left, toPlace: to, unmatched: left === 'nowhere' }
  if (isFirstAdmission) bench.draft.admitted += 1
  moveBody(way, bench)
  if (credentialId === null) return { ...way, isFirstAdmission }
  const places = state.presence.get(credentialId) ?? new Map<string, PresenceRow>()
  state.presence.set(credentialId, places)
  const walked = rowsAfter(places, credentialId, { step: movement, left, isFirstAdmission })
  keepPresence(walked, { places, bench })
  return { ...way, isFirstAdmission }
}

/**
 * Puts a credential where all its movements, in the order of their times, lead it. Answers the one shift that it took,
 * and whether it became (1) or ceased to be (-1) one that was admitted; undefined where one shift is not enough, which
 * is so where gates were given another way meanwhile.
 */
export function resettle(
  credentialId: string,
  { known, bench }: { known: NonNullable<ReturnType<ScanState['movements']['get']>>; bench: Bench },
): (Pick<ScanRow, 'fromPlace' | 'toPlace' | 'unmatched'> & { admitted: number }) | undefined {
  const { state, draft } = bench
  const before = state.presence.get(credentialId) ?? new Map<string, PresenceRow>()
  const after = settle(credentialId, known, state)
  const shift = shiftBetween(before, after)
  if (shift === undefined) return undefined
  const wasAdmitted = firstAdmissionOf([...before.values()]) !== null
  const isAdmitted = firstAdmissionOf([...after.values()]) !== null
  const admitted = Number(isAdmitted) - Number(wasAdmitted)
  draft.admitted += admitted
  // Places that all movements pass by now: nothing was done there.
  for (const row of before.values()) if (!after.has(row.placeId)) after.set(row.placeId, emptied(row))
  state.presence.set(credentialId, after)
  keepPresence([...after.values()], { places: after, bench })
  const way = { fromPlace: shift?.from ?? null, toPlace: shift?.to ?? null, unmatched: shift === null }
  moveBody(way, bench)
  return { ...way, admitted }
}

function emptied(row: PresenceRow): PresenceRow {
  const nothing = { bodies: 0, entries: 0, entriesFromOutside: 0, isReset: false }
  const never = { lastEntryAt: null, lastFromOutsideAt: null, firstEntrySeq: null, firstEntryAt: null }
  return { ...row, ...nothing, ...never, firstEntryGateId: null, firstEntryDeviceId: null }
}

function keepPresence(
  rows: Iterable<PresenceRow>,
  { places, bench }: { places: Map<string, PresenceRow>; bench: Bench },
): void {
  for (const row of rows) {
    places.set(row.placeId, row)
    bench.draft.presence.set(`${row.credentialId} ${row.placeId}`, row)
  }
}

/** Moves a body's count; of an unmatched movement none. */
export function moveBody(
  { fromPlace, toPlace, unmatched }: Omit<Way, 'isFirstAdmission'>,
  bench: Bench,
): void {
  if (unmatched) return
  addBody(fromPlace, -1, bench)
  addBody(toPlace, 1, bench)
  bench.draft.inside += Number(fromPlace === null) - Number(toPlace === null)
}

function addBody(place: Place, by: 1 | -1, { state, draft }: Bench): void {
  if (place === null) return
  addBodies(state, place, by)
  draft.bodies.set(place, (draft.bodies.get(place) ?? 0) + by)
}

function count({ kind, gateId, outcome, direction, effectiveAt }: ScanRow, { draft }: Bench): void {
  if (outcome === 'REJECTED' && kind !== 'DISMISSED') countAtGate(draft, gateId, { rejected: 1 })
  if (outcome !== 'ADMITTED') return
  countAtGate(draft, gateId, direction === 'EXIT' ? { exits: 1 } : { entries: 1 })
  if (direction === 'ENTRY') countInSecond(draft, gateId, effectiveAt)
}

/** Keeps the row as the last word about its scanId. */
export function noteHead(scan: ScanRow, { state, draft }: Bench): void {
  const before = state.recorded.get(scan.scanId)
  const head: AttemptHead =
    scan.kind === 'SCAN' || !before
      ? { scan, link: null, undo: null }
      : scan.kind === 'UNDO'
        ? { ...before, undo: scan }
        : { ...before, link: scan }
  state.recorded.set(scan.scanId, head)
  draft.heads.set(scan.scanId, head)
}

function noteDevice(
  scan: ScanRow,
  attempt: Attempt,
  { bench, clockSkewMs }: { bench: Bench; clockSkewMs: number },
): void {
  const { state, draft } = bench
  const { deviceId, deviceSeq } = scan
  if (deviceId === null || deviceSeq === null || !state.devices.has(deviceId)) return
  const key = deviceSeqKey(deviceId, deviceSeq)
  // A second word about an attempt comes under the attempt's own number.
  if (scan.kind === 'SCAN' && state.usedDeviceSeqs.has(key)) draft.reusedDeviceSeqs.push(scan)
  state.usedDeviceSeqs.add(key)
  const before = draft.devices.get(deviceId)
  draft.devices.set(deviceId, {
    id: deviceId,
    lastSeq: Math.max(deviceSeq, before?.lastSeq ?? 0),
    seqs: [...(before?.seqs ?? []), deviceSeq],
    lastSeenAt: attempt.receivedAt,
    clockSkewMs: Math.max(-LARGEST_INT, Math.min(LARGEST_INT, clockSkewMs)),
  })
}
