import { newId } from '@headcount/ids'
import type { Ask } from '@headcount/service'
import { expect, test } from 'vitest'
import type { KnownEventRow, KnownTicketTypeRow } from '../store/rows.ts'
import { createEventFinder } from './find-events.ts'

const organizationId = newId('organization')
const event = {
  ...{ id: newId('event'), organizationId, name: 'Show', status: 'PUBLISHED', version: 1 },
  ...{ capacity: 10, startsAt: '2026-07-01T18:00:00.000Z', timeZone: 'UTC' },
}

/** A finder over a memory, and the questions that it put to events. */
function finderOf(entities: readonly object[]) {
  const questions: unknown[] = []
  const events = new Map<string, KnownEventRow>()
  const types = new Map<string, KnownTicketTypeRow>()
  const ask: Ask = async <Data extends object>({ variables }: Parameters<Ask>[0]) => {
    questions.push(variables?.representations)
    return { _entities: entities } as unknown as Data
  }
  const store = {
    knownEvents: async (_: string, ids: readonly string[]) => ids.map((id) => events.get(id)),
    knownTicketTypes: async (_: string, ids: readonly string[]) => ids.map((id) => types.get(id)),
    keepEvents: async (rows: readonly KnownEventRow[]) => rows.forEach((row) => void events.set(row.id, row)),
    keepTicketTypes: async (rows: readonly KnownTicketTypeRow[]) =>
      rows.forEach((row) => void types.set(row.id, row)),
  }
  return { finder: createEventFinder({ store, ask }), questions }
}

test('those who lack the same at the same time share one question, and the next one asks nothing', async () => {
  const { finder, questions } = finderOf([{ __typename: 'Event', ...event }])
  const wanted = { organizationId, eventId: event.id }
  const found = await Promise.all(Array.from({ length: 20 }, () => finder.find(wanted)))
  for (const one of found)
    expect(one.event).toMatchObject({ name: 'Show', startsAt: new Date(event.startsAt) })
  await finder.find(wanted)
  expect(questions).toEqual([[{ __typename: 'Event', id: event.id }]])
})

test('a ticket type of another event is none of this one, and is not asked for again', async () => {
  const id = newId('ticketType')
  const type = { __typename: 'TicketType', id, name: 'VIP', quota: null, recordVersion: 1 }
  const other = { ...type, event: { id: newId('event') } }
  const { finder, questions } = finderOf([{ __typename: 'Event', ...event }, other])
  const wanted = { organizationId, eventId: event.id, ticketTypeIds: [id, id] }
  for (let again = 0; again < 2; again++) expect((await finder.find(wanted)).ticketTypes.size).toBe(0)
  expect(questions).toEqual([
    [
      { __typename: 'Event', id: event.id },
      { __typename: 'TicketType', id },
    ],
  ])
})

test('what cannot be an id is not asked for', async () => {
  const { finder, questions } = finderOf([])
  const wanted = { organizationId, eventId: 'evt_\u0000', ticketTypeIds: ['x'] }
  expect((await finder.find(wanted)).event).toBeUndefined()
  expect(questions).toEqual([])
})
