import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { organiser, startEvents } from './start-events.ts'

let events: Awaited<ReturnType<typeof startEvents>>
let clock = new Date('2026-06-01T12:00:00Z')

beforeAll(async () => {
  events = await startEvents({ now: () => clock })
})
afterAll(() => events.stop())

const good = {
  organizationId: 'org_a',
  name: 'Summer Night',
  capacity: 1000,
  doorsOpenAt: '2026-07-01T16:00:00Z',
  startsAt: '2026-07-01T18:00:00+00:00',
  endsAt: '2026-07-01T23:00:00Z',
  timeZone: 'Europe/Berlin',
}
const create = `mutation ($input: CreateEventInput!) { createEvent(input: $input) { __typename
  ... on Event { id version status startsAt } ... on ValidationError { fields { path message } } ... on Problem { message } } }`
const move = `mutation ($input: TransitionEventInput!) { transitionEvent(input: $input) { __typename
  ... on Event { status version } ... on InvalidTransition { from to allowed } ... on Conflict { version } } }`

interface EventAnswer {
  __typename: string
  id: string
  version: number
  fields: { path: string }[]
}

async function createEvent(slug: string, more: object = {}): Promise<EventAnswer> {
  return fieldOf(await events.run(organiser(), create, { input: { ...good, slug, ...more } }), 'createEvent')
}

async function transition(eventId: string, to: string, expectedVersion: number): Promise<EventAnswer> {
  return fieldOf(
    await events.run(organiser(), move, { input: { eventId, to, expectedVersion } }),
    'transitionEvent',
  )
}

test('a new event is a DRAFT of version 1, and the others hear of it', async () => {
  const event = await createEvent('first')
  expect(event).toMatchObject({ version: 1, status: 'DRAFT', startsAt: '2026-07-01T18:00:00.000Z' })
  await vi.waitFor(() => {
    const subjects = events.published.map((message) => message.subject)
    expect(subjects).toContain(`org.org_a.event.${event.id}.event.changed`)
  })
})

test('two creations of one slug at once make one event, and the other is told', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => createEvent('race')))
  const kinds = answers.map((answer) => answer.__typename).sort()
  expect(kinds).toEqual([...Array(9).fill('Conflict'), 'Event'])
})

test.each([
  ['capacity', { capacity: -1 }],
  ['capacity', { capacity: 1_000_001 }],
  ['name', { name: 'x'.repeat(201) }],
  ['name', { name: '  ' }],
  ['name', { name: 'a\u0000b' }],
  ['slug', { slug: 'Not A Slug' }],
  ['slug', { slug: 'x'.repeat(64) }],
  ['timeZone', { timeZone: 'Mars/Base' }],
  ['endsAt', { endsAt: '2026-07-01T17:00:00Z' }],
  ['doorsOpenAt', { doorsOpenAt: '2026-07-01T19:00:00Z' }],
  ['organizationId', { organizationId: 'org_b' }],
])('refuses a bad %s (%o), names it and writes nothing', async (path, more) => {
  const answer = await createEvent('bad', more)
  expect(answer.__typename).toBe('ValidationError')
  expect(answer.fields.map((field) => field.path)).toContain(path)
  const found = await events.run(organiser(), '{ event(slug: "bad") { id } }')
  expect(fieldOf(found, 'event')).toBeNull()
})

test('a wrong enum, a malformed time and a malformed document are one clear error each', async () => {
  const wrongEnum = await events.run(organiser(), move, {
    input: { eventId: 'x', to: 'OPEN', expectedVersion: 1 },
  })
  expect(wrongEnum.errors?.[0]?.message).toContain('"OPEN"')
  const time = await events.run(organiser(), create, { input: { ...good, slug: 't', startsAt: 'yesterday' } })
  expect(time.errors?.[0]?.message).toContain('RFC 3339')
  const malformed = await events.run(organiser(), '{ event(')
  for (const answer of [wrongEnum, time, malformed]) {
    expect(answer.errors).toHaveLength(1)
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  }
})

test('an event moves along its states only, and only from the version that was read', async () => {
  const { id } = await createEvent('states')
  expect(await transition(id, 'LIVE', 1)).toMatchObject({
    __typename: 'InvalidTransition',
    from: 'DRAFT',
    allowed: ['PUBLISHED', 'CANCELLED'],
  })
  const race = await Promise.all(Array.from({ length: 5 }, () => transition(id, 'PUBLISHED', 1)))
  expect(race.map((answer) => answer.__typename).sort()).toEqual([...Array(4).fill('Conflict'), 'Event'])
  expect(await transition(id, 'DOORS_OPEN', 2)).toMatchObject({ status: 'DOORS_OPEN', version: 3 })
})

test('a foreign tenant sees, changes and opens nothing', async () => {
  const { id } = await createEvent('private')
  const stranger = organiser('org_b')
  const queries = [
    `{ event(id: "${id}") { id } }`,
    '{ event(slug: "private") { id } }',
    `{ _entities(representations: [{ __typename: "Event", id: "${id}" }]) { __typename } }`,
  ]
  for (const query of queries) {
    const { data } = await events.run(stranger, query)
    expect(JSON.stringify(data)).not.toContain(id)
    expect(JSON.stringify(data)).toContain('null')
  }
  const moved = await events.run(stranger, move, {
    input: { eventId: id, to: 'PUBLISHED', expectedVersion: 1 },
  })
  expect(fieldOf<EventAnswer>(moved, 'transitionEvent').__typename).toBe('NotFound')
})

test('a call without the scope is FORBIDDEN, without a token UNAUTHENTICATED', async () => {
  const analyst = { ...organiser(), scopes: ['analytics:read'] }
  const input = { ...good, slug: 'nope' }
  const forbidden = await events.run(analyst, create, { input })
  expect(forbidden.errors?.map((error) => error.extensions.code)).toEqual(['FORBIDDEN'])
  const nobody = await events.run(undefined, create, { input })
  expect(nobody.errors?.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED'])
})

test('an id or slug that nothing can have finds nothing, and is no fault of ours', async () => {
  const query =
    'query ($id: ID!, $slug: String!) { a: event(id: $id) { id } b: event(slug: $slug) { id } c: publicEvent(organizationSlug: $slug, slug: $slug) { name } }'
  const answer = await events.run(organiser(), query, { id: 'a\u0000b', slug: 'a\u0000b' })
  expect(answer).toEqual({ data: { a: null, b: null, c: null } })
  const input = { eventId: 'a\u0000b', to: 'PUBLISHED', expectedVersion: 1 }
  const moved = fieldOf<EventAnswer>(await events.run(organiser(), move, { input }), 'transitionEvent')
  expect(moved.__typename).toBe('NotFound')
})

const zone = `mutation ($input: UpsertZoneInput!) { upsertZone(input: $input) { __typename
  ... on Zone { id name } ... on ValidationError { fields { path } } ... on Problem { message } } }`

test('a zone is changed by its name without an id, and never lies within itself', async () => {
  const { id: eventId } = await createEvent('zones')
  const upsert = async (input: object): Promise<EventAnswer> =>
    fieldOf(await events.run(organiser(), zone, { input: { eventId, ...input } }), 'upsertZone')
  const floor = await upsert({ name: 'Floor', capacity: 100 })
  const again = await upsert({ name: 'Floor', capacity: 200 })
  expect(again.id).toBe(floor.id)
  const pit = await upsert({ name: 'Pit', parentId: floor.id })
  const circle = await upsert({ id: floor.id, name: 'Floor', parentId: pit.id })
  expect(circle).toMatchObject({ __typename: 'ValidationError', fields: [{ path: 'parentId' }] })
  expect((await upsert({ id: newId('zone'), name: 'Ghost' })).__typename).toBe('NotFound')
})

test('a list of events with zones and ticket types takes the same number of statements for 1 and for 20', async () => {
  const viewer = organiser('org_many')
  const statements = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const input = { ...good, organizationId: 'org_many', slug: `many-${count}-${index}` }
      await events.run(viewer, create, { input })
    }
    const query =
      '{ events(first: 100) { totalCount edges { node { id zones { id } ticketTypes { id zones { id } } } } } }'
    // The least of several: what the service does by itself may fall into one of them.
    const counts = []
    for (let round = 0; round < 3; round++) {
      let sent = 0
      const off = events.service.database.onStatement(({ sql }) => {
        if (!sql.includes('outbox relay')) sent++
      })
      fieldOf(await events.run(viewer, query), 'events')
      off()
      counts.push(sent)
    }
    return Math.min(...counts)
  }
  const one = await statements(1)
  expect(one).toBeGreaterThan(2)
  expect(await statements(20)).toBe(one)
})

test('pages of events neither repeat nor lose one, and a bad cursor is refused', async () => {
  const viewer = organiser('org_pages')
  for (let index = 0; index < 7; index++) {
    await events.run(viewer, create, {
      input: { ...good, organizationId: 'org_pages', slug: `page-${index}` },
    })
  }
  const seen: string[] = []
  let after: string | null = null
  do {
    const page = await events.run(
      viewer,
      'query ($after: String) { events(first: 3, after: $after) { edges { node { slug } } pageInfo { hasNextPage endCursor } } }',
      { after },
    )
    const { edges, pageInfo } = fieldOf<{
      edges: { node: { slug: string } }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
    }>(page, 'events')
    seen.push(...edges.map((edge) => edge.node.slug))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  expect(new Set(seen).size).toBe(7)
  const bad = await events.run(viewer, '{ events(after: "nonsense") { totalCount } }')
  expect(bad.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
})

test('a copy of an event has its zones and ticket types, moved in time, and its own ids', async () => {
  const { id: eventId } = await createEvent('original')
  await events.run(organiser(), zone, { input: { eventId, name: 'Hall' } })
  const clone = `mutation ($input: CloneEventInput!) { cloneEvent(input: $input) { ... on Event { id status doorsOpenAt zones { name } } } }`
  const input = { eventId, name: 'Again', slug: 'again', startsAt: '2026-07-02T18:00:00Z' }
  const copy = fieldOf<EventAnswer>(await events.run(organiser(), clone, { input }), 'cloneEvent')
  expect(copy).toMatchObject({
    status: 'DRAFT',
    doorsOpenAt: '2026-07-02T16:00:00.000Z',
    zones: [{ name: 'Hall' }],
  })
  expect(copy.id).not.toBe(eventId)
})

test('doors open by themselves at doorsOpenAt where autoOpen is set', async () => {
  const { id } = await createEvent('auto', { autoOpen: true })
  await transition(id, 'PUBLISHED', 1)
  clock = new Date('2026-07-01T16:00:01Z')
  await vi.waitFor(
    async () => {
      const answer = await events.run(organiser(), `{ event(id: "${id}") { status version } }`)
      expect(fieldOf(answer, 'event')).toEqual({ status: 'DOORS_OPEN', version: 3 })
    },
    { timeout: 5000 },
  )
})

test('a public event shows after it is published only, by what auth said of the organization', async () => {
  const { id } = await createEvent('open-air')
  const payload = { id: 'org_a', slug: 'tenant-a', version: 2 }
  const message = { id: newId('message'), organizationId: 'org_a', occurredAt: new Date().toISOString() }
  const subject = 'org.org_a.organization.changed'
  await events.bus.publish('auth', { ...message, subject, payload })
  await events.bus.publish('auth', {
    ...message,
    subject,
    payload: { ...payload, slug: 'old-name', version: 1 },
  })
  const query = '{ publicEvent(organizationSlug: "tenant-a", slug: "open-air") { name status zoneNames } }'
  expect(fieldOf(await events.run(undefined, query), 'publicEvent')).toBeNull()
  await transition(id, 'PUBLISHED', 1)
  expect(fieldOf(await events.run(undefined, query), 'publicEvent')).toMatchObject({ status: 'PUBLISHED' })
})

test('over HTTP only signed requests are answered, and _service to anybody', async () => {
  const server = createServer((req, res) => void events.service.handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const post = async (query: string, headers = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
    return (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] }
  }
  const query = '{ events { totalCount } }'
  expect((await post(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  expect((await post(query, events.headers(organiser()))).errors).toBeUndefined()
  expect((await post('{ _service { sdl } }')).errors).toBeUndefined()
  expect(
    (await post(`{ _service { sdl } ...F } fragment F on Query { events { totalCount } }`)).errors,
  ).toBeDefined()
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', notReady: [] }])
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('headcount_outbox_pending')
  server.close()
})
