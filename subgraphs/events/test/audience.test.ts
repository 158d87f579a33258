import { readFileSync } from 'node:fs'
import { newId } from '@headcount/ids'
import { fieldOf, markedSelection, sharers } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { organiser, startEvents } from './start-events.ts'

const sdl = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8')
let events: Awaited<ReturnType<typeof startEvents>>
beforeAll(async () => {
  events = await startEvents()
})
afterAll(() => events.stop())

async function make<Made extends { id: string }>(
  field: string,
  type: string,
  input: object,
): Promise<string> {
  const query = `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ... on ${type} { id } } }`
  return fieldOf<Made>(await events.run(organiser(), query, { input }), field).id
}

test('all that is marked as an organization’s is the same for whoever has the same rights, a DRAFT too', async () => {
  const eventId = await make('createEvent', 'Event', {
    ...{ organizationId: 'org_a', name: 'Summer Night', slug: newId('event').slice(-12), capacity: 10 },
    ...{ doorsOpenAt: '2026-07-01T16:00:00Z', startsAt: '2026-07-01T18:00:00Z' },
    ...{ endsAt: '2026-07-01T23:00:00Z', timeZone: 'Europe/Berlin' },
  })
  const zoneId = await make('upsertZone', 'Zone', { eventId, name: 'Hall', capacity: 5 })
  const typeId = await make('upsertTicketType', 'TicketType', { eventId, name: 'General', zoneIds: [zoneId] })
  const entity = (type: string, id: string) =>
    `{ _entities(representations: [{ __typename: "${type}", id: "${id}" }]) { ... on ${type} { ${markedSelection(sdl, type, 2)} } } }`
  const queries = [
    `{ event(id: "${eventId}") { ${markedSelection(sdl, 'Event', 2)} } }`,
    ...[entity('Event', eventId), entity('Zone', zoneId), entity('TicketType', typeId)],
  ]
  for (const query of queries) {
    const viewers = [...sharers({ ...organiser(), scopes: ['event:read'] }), ...sharers(organiser())]
    const answers = await Promise.all(viewers.map((viewer) => events.run(viewer, query)))
    const texts = new Set(answers.map((answer) => JSON.stringify(answer)))
    expect(texts.size, query).toBe(1)
    expect([...texts][0]).not.toContain('errors')
    expect([...texts][0]).toContain(':"Hall"')
  }
})
