import { hashTicketCode } from '@headcount/ticket-code'
import type { Attempt } from '../src/domain/attempt.ts'
import { decideBatch } from '../src/domain/decide-batch.ts'
import type { Decision } from '../src/domain/decision.ts'
import type { BatchChange } from '../src/domain/draft.ts'
import type { ScanRow } from '../src/domain/ledger.ts'
import { type PresenceRow, type ScanFacts, scanState } from '../src/domain/scan-state.ts'

/** The same, to be changed by a test. */
export type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** What the rules see in a unit test, open to be changed. */
export interface World {
  readonly facts: { -readonly [Key in keyof ScanFacts]: ScanFacts[Key] }
  readonly attempt: Mutable<Attempt>
}

const organizationId = 'org_a'
const eventId = 'evt_a'
const of = { organizationId, eventId, version: 1 }
export const noon = new Date('2026-06-01T12:00:00Z')
/** Places: a hall, and within it a lounge. */
export const [hall, lounge] = ['zon_hall', 'zon_lounge'] as const

/** A presence without movements. */
export function presence(placeId: string, more: Partial<PresenceRow> = {}): PresenceRow {
  return {
    ...{ credentialId: 'tkt_a', placeId, bodies: 0, entries: 0, lastEntryAt: null, entriesFromOutside: 0 },
    ...{ lastFromOutsideAt: null, lastMovementAt: noon, firstEntrySeq: null, firstEntryAt: null },
    ...{ firstEntryGateId: null, firstEntryDeviceId: null, isReset: false, ...more },
  }
}

/** A world in which everything is in order: the ticket is in the hall, and the attempt leads it into the lounge. */
export function goodWorld(): World {
  const zone = {
    ...of,
    capacity: null,
    enforcement: 'SOFT',
    parentId: null,
    entryPolicy: null,
    antiPassback: 'HARD',
    passbackTimeoutSeconds: null,
    closesAt: null,
  } as const
  const gate = { ...of, status: 'OPEN_BOTH', lanes: 1, ticketTypeIds: [] } as const
  const facts: ScanFacts = {
    ...{ eventId, organizationId, ledgerSeq: 7 },
    event: {
      id: eventId,
      organizationId,
      name: 'Night',
      status: 'LIVE',
      timeZone: 'Europe/Berlin',
      version: 1,
    },
    zones: [
      { ...zone, id: hall, name: 'Hall' },
      { ...zone, id: lounge, name: 'Lounge', parentId: hall },
    ],
    bodies: [{ placeId: hall, bodies: 1 }],
    gates: [
      { ...gate, id: 'gat_outer', name: 'Outer', zoneFromId: null, zoneToId: hall },
      { ...gate, id: 'gat_inner', name: 'Inner', zoneFromId: hall, zoneToId: lounge },
    ],
    ticketTypes: [
      {
        ...{ ...of, id: 'typ_a', name: 'General', entryPolicy: 'AFTER_EXIT', zoneIds: [] },
        ...{ validFrom: null, validUntil: null, dailyFrom: null, dailyUntil: null },
      },
    ],
    devices: [{ id: 'dev_a', eventId, status: 'ACTIVE', gateIds: ['gat_inner', 'gat_outer'] }],
    tickets: [
      {
        ...{ ...of, id: 'tkt_a', ticketTypeId: 'typ_a', codeHash: hashTicketCode('code'), status: 'VALID' },
        ...{ pendingReason: null, validUntil: null },
      },
    ],
    presence: [presence(hall, { bodies: 1, entries: 1 })],
    ...{ recorded: [], usedDeviceSeqs: [], movements: [] },
  }
  return { facts, attempt: attempt() }
}

/** An attempt of the good world. */
export function attempt(more: Partial<Attempt> = {}): Attempt {
  return {
    ...{
      scanId: 'scan-1',
      organizationId,
      eventId,
      gateId: 'gat_inner',
      actor: { kind: 'device', id: 'dev_a' },
    },
    ...{ deviceSeq: 1, direction: 'ENTRY', code: 'code', codeHash: hashTicketCode('code') },
    ...{ scannedAt: noon, receivedAt: noon, overrideReason: null, offline: null, codeWord: undefined },
    asked: new Set(['event', 'device', 'ticket', 'ticketType']),
    ...more,
  }
}

/** Decides attempts, and answers what they leave. */
export function decide(
  facts: ScanFacts,
  attempts: Attempt[],
): { decisions: Decision[]; change: BatchChange } {
  return decideBatch(scanState(facts), attempts, false)
}

/** Decides one attempt that must be recorded. */
export function scanOf({ facts, attempt: one }: World): ScanRow {
  const [decision] = decide(facts, [one]).decisions
  if (decision?.kind !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(decision)}`)
  return decision.scan
}
