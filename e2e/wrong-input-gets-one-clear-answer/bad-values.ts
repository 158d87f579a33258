import { attemptOf } from '../setup/scans.ts'
import { eventInput } from '../setup/venue.ts'
import { type Case, type Due, type Houses, mutation } from './case.ts'

const long = (length: number) => 'x'.repeat(length)
const userInput: Due = { code: 'BAD_USER_INPUT' }
const says = (text: RegExp): Due => ({ code: 'BAD_USER_INPUT', says: text })
const refused = (path: string): Due => ({ member: 'ValidationError', path })

/** A field of an input with a value that it does not take. */
function bad(field: string, path: string, input: (houses: Houses) => object, due: Due = refused(path)): Case {
  return {
    what: `${field}, ${path}: ${'code' in due ? due.code : 'member' in due ? due.member : ''}`,
    ask: (houses) => mutation(houses.ours.admin, field, { input: input(houses), due }),
    due,
  }
}

const event =
  (more: object) =>
  ({ ours }: Houses) =>
    eventInput(ours.tenant.organizationId, more)
const inEvent =
  (more: object) =>
  ({ ours }: Houses) => ({ eventId: ours.venue.eventId, name: 'New', ...more })
const registration =
  (more: object) =>
  ({ ours: { venue } }: Houses) => ({
    eventId: venue.eventId,
    ticketTypeId: venue.ticketTypeIds[0],
    holder: { name: 'Ada', email: 'ada@example.test' },
    idempotencyKey: 'wrong-input',
    ...more,
  })
const attempt =
  (more: object) =>
  ({ ours: { venue, tickets } }: Houses) =>
    attemptOf(tickets[1]?.code ?? '', venue.gateIds[0] ?? '', more)

/** What each field of each input does not take. */
export const badValues: readonly Case[] = [
  bad('createEvent', 'name', event({ name: long(201) })),
  bad('createEvent', 'name', event({ name: '  ' })),
  bad('createEvent', 'name', event({ name: 'A\0night' })),
  bad('createEvent', 'slug', event({ slug: 'Not A Slug' })),
  bad('createEvent', 'slug', event({ slug: long(64) })),
  bad('createEvent', 'capacity', event({ capacity: -1 })),
  bad('createEvent', 'capacity', event({ capacity: 0 })),
  bad('createEvent', 'capacity', event({ capacity: 1_000_001 })),
  bad('createEvent', 'timeZone', event({ timeZone: 'Europe/Atlantis' })),
  bad('createEvent', 'endsAt', event({ endsAt: new Date(0).toISOString() })),
  bad('createEvent', 'doorsOpenAt', event({ doorsOpenAt: '2199-01-01T00:00:00Z' })),
  bad('createEvent', 'capacity', event({ capacity: 'many' }), userInput),
  bad('createEvent', 'capacity', event({ capacity: 3_000_000_000 }), userInput),
  bad('createEvent', 'capacity', event({ capacity: 1.5 }), userInput),
  bad('createEvent', 'name', event({ name: 7 }), userInput),
  bad('createEvent', 'name', event({ name: null }), userInput),
  bad('createEvent', 'startsAt', event({ startsAt: 'tomorrow' }), userInput),
  bad('createEvent', 'startsAt', event({ startsAt: '2026-02-30T00:00:00Z' }), userInput),
  bad('createEvent', 'startsAt', event({ startsAt: '2026-11-22T18:00:00' }), userInput),
  bad('createEvent', 'colour', event({ colour: 'red' }), userInput),
  bad(
    'transitionEvent',
    'to',
    ({ ours }) => ({ eventId: ours.venue.eventId, to: 'OPENED', expectedVersion: 3 }),
    userInput,
  ),
  bad(
    'transitionEvent',
    'a move that there is not',
    ({ ours }) => ({ eventId: ours.venue.eventId, to: 'DRAFT', expectedVersion: 3 }),
    { member: 'InvalidTransition' },
  ),
  bad(
    'transitionEvent',
    'a version of yesterday',
    ({ ours }) => ({ eventId: ours.venue.eventId, to: 'LIVE', expectedVersion: 1 }),
    { member: 'Conflict' },
  ),
  bad(
    'updateEvent',
    'a version of yesterday',
    ({ ours }) => ({ eventId: ours.venue.eventId, name: 'Other', expectedVersion: 1 }),
    { member: 'Conflict' },
  ),
  bad('updateEvent', 'capacity', ({ ours }) => ({
    eventId: ours.venue.eventId,
    capacity: -5,
    expectedVersion: 3,
  })),
  bad('upsertZone', 'name', inEvent({ name: long(101) })),
  bad('upsertZone', 'capacity', inEvent({ capacity: -1 })),
  bad('upsertZone', 'enforcement', inEvent({ enforcement: 'STRICT' }), userInput),
  bad('upsertTicketType', 'name', inEvent({ name: long(101) })),
  bad('upsertTicketType', 'quota', inEvent({ quota: -1 })),
  bad('upsertTicketType', 'entryPolicy', inEvent({ entryPolicy: 'TWICE' }), userInput),
  bad('upsertGate', 'name', inEvent({ name: long(101) })),
  bad('upsertGate', 'lanes', inEvent({ lanes: -1 })),
  bad('upsertGate', 'lanes', inEvent({ lanes: 1001 })),
  bad(
    'setGateStatus',
    'status',
    ({ ours }) => ({ gateId: ours.venue.gateIds[0], status: 'AJAR' }),
    userInput,
  ),
  bad('setGateStatus', 'reason', ({ ours }) => ({
    gateId: ours.venue.gateIds[0],
    status: 'CLOSED',
    reason: long(501),
  })),
  bad(
    'createDeviceEnrolment',
    'name',
    ({ ours: { venue } }) => ({
      eventId: venue.eventId,
      gateIds: venue.gateIds,
      name: long(101),
    }),
    says(/name takes 1 to 100 characters/),
  ),
  bad(
    'createDeviceEnrolment',
    'gateIds',
    ({ ours: { venue } }) => ({
      eventId: venue.eventId,
      gateIds: [],
      name: 'Lane',
    }),
    says(/gateIds takes 1 to 50/),
  ),
  bad('assignDevices', 'deviceIds', ({ ours: { venue } }) => ({ deviceIds: [], gateIds: venue.gateIds })),
  bad('register', 'holder.name', registration({ holder: { name: long(201), email: 'ada@example.test' } })),
  bad('register', 'holder.email', registration({ holder: { name: 'Ada', email: 'not an address' } })),
  bad('register', 'idempotencyKey', registration({ idempotencyKey: long(101) })),
  bad('register', 'holder', registration({ holder: 'Ada' }), userInput),
  bad('revokeTickets', 'ticketIds', () => ({ ticketIds: [], reason: 'Chargeback' })),
  bad('revokeTickets', 'reason', ({ ours }) => ({
    ticketIds: [ours.tickets[1]?.ticketId],
    reason: long(501),
  })),
  bad('recordScan', 'code', attempt({ code: long(1025) })),
  bad('recordScan', 'scanId', attempt({ scanId: long(101) })),
  bad('recordScan', 'deviceSeq', attempt({ deviceSeq: -1 })),
  bad('recordScan', 'direction', attempt({ direction: 'SIDEWAYS' }), userInput),
  bad('recordScan', 'scannedAt', attempt({ scannedAt: 'now' }), userInput),
  bad('recordScan', 'override.reason', attempt({ override: { reason: '' } })),
]
