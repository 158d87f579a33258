import { newId } from '@headcount/ids'
import { type Ask, ServiceUnavailable } from '@headcount/service'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  attendee,
  type EventState,
  organiser,
  type Participants,
  registration,
  startParticipants,
} from './start-participants.ts'

let participants: Participants
interface Thing {
  readonly __typename: string
  readonly id: string
  readonly organizationId: string
}

const things = new Map<string, Thing>()
let questions = 0
let isUp = true

/** Events, as far as participants asks it: answers within the tenant only, after a moment. */
const ask: Ask = async <Data extends object>({ organizationId, variables = {} }: Parameters<Ask>[0]) => {
  questions++
  await new Promise((resolve) => setTimeout(resolve, 20))
  if (!isUp) throw new ServiceUnavailable('events', 'it is down')
  const representations = variables.representations as { id: string }[]
  const found = representations.map(({ id }) => things.get(id))
  const own = found.map((thing) => (thing?.organizationId === organizationId ? thing : null))
  return { _entities: own } as unknown as Data
}

beforeAll(async () => {
  participants = await startParticipants({ ask })
})
beforeEach(() => {
  questions = 0
  isUp = true
})
afterAll(() => participants.stop())

/** An event and a ticket type that events has and has not told of yet. */
function untold(more: Partial<EventState> = {}): { event: EventState; typeId: string } {
  const event: EventState = {
    ...{
      id: newId('event'),
      organizationId: newId('organization'),
      name: 'Secret Show',
      status: 'PUBLISHED',
    },
    ...{ capacity: 100, startsAt: '2026-07-01T18:00:00.000Z', timeZone: 'UTC', version: 3 },
    ...more,
  }
  const typeId = newId('ticketType')
  const known: Thing = { __typename: 'Event', ...event }
  things.set(event.id, known)
  const { organizationId } = event
  const type = { id: typeId, name: 'General', quota: 5, recordVersion: 2, event: { id: event.id } }
  const knownType: Thing = { __typename: 'TicketType', organizationId, ...type }
  things.set(typeId, knownType)
  return { event, typeId }
}

test('what events has not told yet is asked for once, kept, and serves at once', async () => {
  const { event, typeId } = untold()
  const viewer = organiser(event.organizationId)
  const register = () => participants.change(viewer, 'register', registration(event, typeId))
  const first = await register()
  expect(first).toMatchObject({ event: { name: 'Secret Show', timeZone: 'UTC' } })
  const answers = [first, ...(await Promise.all(Array.from({ length: 19 }, register)))]
  const kinds = Map.groupBy(answers, (answer) => answer.__typename)
  expect(kinds.get('Registration')).toHaveLength(5)
  expect(kinds.get('SoldOut')).toHaveLength(15)
  expect(questions).toBe(1)
})

test('what events does not have either is refused, a foreign event too', async () => {
  const { event, typeId } = untold()
  const foreigner = organiser(newId('organization'))
  const refused = await participants.change(foreigner, 'register', registration(event, typeId))
  expect(refused.fields.map((field) => field.path)).toEqual(['eventId'])
  const nothing = await participants.change(
    organiser(event.organizationId),
    'register',
    registration(event, newId('ticketType')),
  )
  expect(nothing.fields.map((field) => field.path)).toEqual(['ticketTypeId'])
})

test('when events is silent nothing is said not to exist', async () => {
  const { event, typeId } = untold()
  isUp = false
  const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }'
  const viewer = organiser(event.organizationId)
  const answer = await participants.run(viewer, query, { input: registration(event, typeId) })
  expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE'])
  isUp = true
  expect((await participants.change(viewer, 'register', registration(event, typeId))).__typename).toBe(
    'Registration',
  )
})

test('an event that was published a moment ago is open to attendees before its message is here', async () => {
  const { event, typeId } = untold()
  await participants.tellEvent({ ...event, status: 'DRAFT', version: 1 })
  const viewer = attendee(event.organizationId)
  expect((await participants.change(viewer, 'register', registration(event, typeId))).__typename).toBe(
    'Registration',
  )
  // The old message, when it comes at last or again, takes nothing back.
  await participants.tellEvent({ ...event, status: 'DRAFT', version: 2 })
  expect((await participants.change(viewer, 'register', registration(event, typeId))).__typename).toBe(
    'Registration',
  )
})

test('a DRAFT stays closed to attendees, and a new event counts 0', async () => {
  const { event, typeId } = untold({ status: 'DRAFT' })
  const viewer = attendee(event.organizationId)
  const refused = await participants.change(viewer, 'register', registration(event, typeId))
  expect(refused.fields).toMatchObject([{ path: 'eventId' }])
  const other = untold({ organizationId: event.organizationId })
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Event { registeredCount } ... on TicketType { soldCount } } }'
  const r = [
    { __typename: 'Event', id: other.event.id },
    { __typename: 'TicketType', id: other.typeId },
  ]
  const { data } = await participants.run(organiser(event.organizationId), query, { r })
  expect(data?._entities).toEqual([{ registeredCount: 0 }, { soldCount: 0 }])
  isUp = false
  const unknown = { r: [{ __typename: 'Event', id: newId('event') }] }
  const silent = await participants.run(organiser(event.organizationId), query, unknown)
  expect(silent).toEqual({ data: { _entities: [{ registeredCount: null }] } })
})
