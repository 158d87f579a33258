import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { organiser, startEvents } from './start-events.ts'

// What gates go by: anti-passback and closing times of zones, hours of ticket types.
let events: Awaited<ReturnType<typeof startEvents>>
beforeAll(async () => {
  events = await startEvents()
})
afterAll(() => events.stop())

interface Answer {
  readonly __typename: string
  readonly id: string
  readonly fields: { path: string; message: string }[]
}

const create = `mutation ($input: CreateEventInput!) { createEvent(input: $input) { ... on Event { id } } }`
const zoneFields = 'id name antiPassback passbackTimeoutSeconds closesAt'
const upsertZone = `mutation ($input: UpsertZoneInput!) { upsertZone(input: $input) { __typename
  ... on Zone { ${zoneFields} } ... on ValidationError { fields { path message } } ... on Problem { message } } }`
const typeFields = 'id name dailyFrom dailyUntil'
const upsertType = `mutation ($input: UpsertTicketTypeInput!) { upsertTicketType(input: $input) { __typename
  ... on TicketType { ${typeFields} } ... on ValidationError { fields { path message } } ... on Problem { message } } }`

async function newEvent(): Promise<string> {
  const input = {
    ...{
      organizationId: 'org_a',
      name: 'Night',
      slug: newId('event').toLowerCase().replaceAll('_', '-'),
      capacity: 9,
    },
    ...{
      doorsOpenAt: '2026-07-01T16:00:00Z',
      startsAt: '2026-07-01T18:00:00Z',
      endsAt: '2026-07-01T23:00:00Z',
    },
    timeZone: 'Europe/Berlin',
  }
  return fieldOf<Answer>(await events.run(organiser(), create, { input }), 'createEvent').id
}
async function zone(eventId: string, input: object): Promise<Answer> {
  const whole = { eventId, name: 'Hall', ...input }
  return fieldOf(await events.run(organiser(), upsertZone, { input: whole }), 'upsertZone')
}
async function ticketType(eventId: string, input: object): Promise<Answer> {
  const whole = { eventId, name: 'Evening', ...input }
  return fieldOf(await events.run(organiser(), upsertType, { input: whole }), 'upsertTicketType')
}
const timed = { antiPassback: 'TIMED', passbackTimeoutSeconds: 300, closesAt: '04:00' }
const evening = { dailyFrom: '18:00', dailyUntil: '02:30' }

test('a zone is HARD without a time and without a closing, unless one says otherwise', async () => {
  const eventId = await newEvent()
  expect(await zone(eventId, {})).toMatchObject({
    ...{ __typename: 'Zone', antiPassback: 'HARD', passbackTimeoutSeconds: null, closesAt: null },
  })
  expect(await zone(eventId, timed)).toMatchObject(timed)
  // What is left out goes back to its default, as the capacity does.
  expect(await zone(eventId, { passbackTimeoutSeconds: 86_400 })).toMatchObject({
    ...{ antiPassback: 'HARD', passbackTimeoutSeconds: 86_400, closesAt: null },
  })
})

test('a ticket type enters at any time of day unless it has hours, over midnight too', async () => {
  const eventId = await newEvent()
  expect(await ticketType(eventId, {})).toMatchObject({ dailyFrom: null, dailyUntil: null })
  expect(await ticketType(eventId, evening)).toMatchObject(evening)
  expect(await ticketType(eventId, { dailyUntil: '00:00' })).toMatchObject({
    dailyFrom: null,
    dailyUntil: '00:00',
  })
})

test.each([
  ['passbackTimeoutSeconds', { antiPassback: 'TIMED' }],
  ['passbackTimeoutSeconds', { passbackTimeoutSeconds: 0 }],
  ['passbackTimeoutSeconds', { passbackTimeoutSeconds: 86_401 }],
  ['closesAt', { closesAt: '24:00' }],
  ['closesAt', { closesAt: '4:00' }],
  ['closesAt', { closesAt: '04:60' }],
  ['closesAt', { closesAt: '04:00:00' }],
  ['closesAt', { closesAt: ' 04:00\n' }],
  ['closesAt', { closesAt: '' }],
])('refuses a zone for its %s (%o), names it and keeps the zone as it was', async (path, input) => {
  const eventId = await newEvent()
  await zone(eventId, timed)
  const answer = await zone(eventId, input)
  expect(answer.__typename).toBe('ValidationError')
  expect(answer.fields.map((field) => field.path)).toEqual([path])
  const kept = await events.run(organiser(), `{ event(id: "${eventId}") { zones { ${zoneFields} } } }`)
  expect(fieldOf(kept, 'event')).toMatchObject({ zones: [timed] })
})

test.each([
  ['dailyFrom', { dailyFrom: '25:00' }],
  ['dailyUntil', { dailyFrom: '18:00', dailyUntil: 'late' }],
  ['dailyUntil', { dailyFrom: '18:00', dailyUntil: '18:00' }],
])('refuses a ticket type for its %s (%o) and keeps the type as it was', async (path, input) => {
  const eventId = await newEvent()
  await ticketType(eventId, evening)
  const answer = await ticketType(eventId, input)
  expect(answer.__typename).toBe('ValidationError')
  expect(answer.fields.map((field) => field.path)).toEqual([path])
  const kept = await events.run(organiser(), `{ event(id: "${eventId}") { ticketTypes { ${typeFields} } } }`)
  expect(fieldOf(kept, 'event')).toMatchObject({ ticketTypes: [evening] })
})

test('the others hear of a zone’s rules and of a type’s hours', async () => {
  const eventId = await newEvent()
  const hall = await zone(eventId, timed)
  const type = await ticketType(eventId, evening)
  await vi.waitFor(() => {
    const told = (thing: string) =>
      events.published.filter(({ subject }) => subject === `org.org_a.event.${eventId}.${thing}.changed`)
    expect(told('zone').map(({ payload }) => payload)).toMatchObject([{ id: hall.id, ...timed, version: 1 }])
    expect(told('ticket-type').map(({ payload }) => payload)).toMatchObject([
      { id: type.id, ...evening, version: 1 },
    ])
  })
})

test('a copy of an event has the rules of its zones and the hours of its types', async () => {
  const eventId = await newEvent()
  await zone(eventId, timed)
  await ticketType(eventId, evening)
  const clone = `mutation ($input: CloneEventInput!) { cloneEvent(input: $input) { ... on Event { id
    zones { ${zoneFields} } ticketTypes { ${typeFields} } } } }`
  const input = { eventId, name: 'Again', slug: 'rules-again', startsAt: '2026-07-02T18:00:00Z' }
  const copy = fieldOf<Answer>(await events.run(organiser(), clone, { input }), 'cloneEvent')
  expect(copy).toMatchObject({ zones: [timed], ticketTypes: [evening] })
  expect(copy.id).not.toBe(eventId)
})

test('who asks for entities gets them with an event, and by themselves', async () => {
  const eventId = await newEvent()
  const hall = await zone(eventId, timed)
  const type = await ticketType(eventId, evening)
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Event { zones { ${zoneFields} recordVersion } ticketTypes { ${typeFields} recordVersion } }
    ... on Zone { ${zoneFields} } ... on TicketType { ${typeFields} } } }`
  const representations = [
    { __typename: 'Event', id: eventId },
    { __typename: 'Zone', id: hall.id },
    { __typename: 'TicketType', id: type.id },
  ]
  expect(fieldOf(await events.run(organiser(), query, { representations }), '_entities')).toMatchObject([
    { zones: [{ ...timed, recordVersion: 1 }], ticketTypes: [{ ...evening, recordVersion: 1 }] },
    { id: hall.id, ...timed },
    { id: type.id, ...evening },
  ])
})

test('an anti-passback that does not exist is one clear error', async () => {
  const input = { eventId: await newEvent(), name: 'Hall', antiPassback: 'MAYBE' }
  const { errors } = await events.run(organiser(), upsertZone, { input })
  expect(errors).toHaveLength(1)
  expect(errors?.[0]?.message).toContain('"MAYBE"')
})
