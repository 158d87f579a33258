import { afterEach, expect, test, vi } from 'vitest'
import { countsGraph, liveDirectives } from './counts.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { liveWorld, next } from './live-world.ts'
import { type Context, compose, subgraph } from './support.ts'

afterEach(endAll)

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])'

/** What has no position of its own. */
const config = { word: '' }

/** A state whose messages carry the key of an entity that another subgraph completes. */
const states = subgraph(
  'states',
  `${link} ${liveDirectives}
  type Query { state(id: ID!): State @audience(by: ORGANIZATION)  mayListen(id: ID!): Guard @audience(by: ORGANIZATION)  mayI(id: ID!): Guard  config(id: ID!): Config @audience(by: ORGANIZATION) }
  type Subscription {
    changed(id: ID!, minIntervalMs: Int! = 0): State @audience(by: ORGANIZATION)
      @topic(name: "state:{id}", snapshot: "state(id: $id)", carries: "seq at { id } all { id n }")
    config(id: ID!): Config @audience(by: ORGANIZATION) @topic(name: "config:{id}", snapshot: "config(id: $id)")
    guarded(id: ID!): State @audience(by: ORGANIZATION)
      @topic(name: "state:{id}", snapshot: "state(id: $id)", guard: "mayListen(id: $id)", carries: "seq")
    guardedEach(id: ID!): State @audience(by: ORGANIZATION)
      @topic(name: "state:{id}", snapshot: "state(id: $id)", guard: "mayI(id: $id)", carries: "seq")
  }
  type State { seq: Int! @audience(by: ORGANIZATION)  at: Place @audience(by: ORGANIZATION)  all: [Place!]! @audience(by: ORGANIZATION)  note(for: ID): String @audience(by: ORGANIZATION) }
  type Place @key(fields: "id") { id: ID! @audience(by: ORGANIZATION)  n: Int @audience(by: ORGANIZATION) }
  type Guard { id: ID! }
  type Config { word: String @audience(by: ORGANIZATION) }`,
  {
    Query: {
      state: (_: unknown, { id }: { id: string }) => ({
        seq: 1,
        at: { id: 'p1' },
        all: [{ id: 'p1', n: 1 }],
        note: id,
      }),
      config: () => ({ word: config.word }),
      mayListen: (_: unknown, { id }: { id: string }) => (id === 'none' ? null : { id }),
      mayI: (_: unknown, { id }: { id: string }, { viewer }: Context) =>
        viewer?.id === 'usr_2' ? null : { id },
    },
  },
)

const places = { isDown: false, viewers: [] as unknown[] }
const placesGraph = subgraph(
  'places',
  `${link} ${liveDirectives}
  type Query { place(id: ID!): Place }
  type Place @key(fields: "id") { id: ID!  name: String @audience(by: ORGANIZATION) }`,
  {
    Place: {
      __resolveReference({ id }: { id: string }, { viewer }: Context) {
        places.viewers.push(viewer)
        if (places.isDown) throw new Error('away')
        // So that a test sees when it was fetched.
        return { id, name: `${id} #${placesGraph.asked.length}` }
      },
    },
  },
)

async function world() {
  Object.assign(places, { isDown: false, viewers: [] })
  placesGraph.asked.length = 0
  return liveWorld(atEnd, { graph: [states, placesGraph] })
}

const channel = 'org:org_1:state:s'
const told = (seq: number, data: object) => ({ seq, asOf: new Date(seq * 1_000).toISOString(), data })

test('fields of other subgraphs are fetched for a message by its keys, once for all, and no snapshot is taken', async () => {
  const { connect, topics, metric } = await world()
  const query = 'subscription { changed(id: "s") { seq at { name } all { n name } } }'
  const all = [await connect(), await connect(), await connect()].map((client) => client.iterate({ query }))
  const first = { data: { changed: { seq: 1, at: { name: 'p1 #1' }, all: [{ n: 1, name: 'p1 #1' }] } } }
  expect(await Promise.all(all.map(next))).toEqual([first, first, first])
  await topics.publish(channel, told(2, { at: { id: 'p2' }, all: [{ id: 'p3', n: 3 }] }))
  const second = { data: { changed: { seq: 2, at: { name: 'p2 #2' }, all: [{ n: 3, name: 'p3 #2' }] } } }
  expect(await Promise.all(all.map(next))).toEqual([second, second, second])
  expect(placesGraph.asked).toHaveLength(2)
  expect(await metric('headcount_gateway_live_snapshots_total')).toBe(1)
  // A group reads as itself: there is no person that all of its members are.
  expect(places.viewers.at(-1)).toMatchObject({
    kind: 'service',
    id: 'live',
    organizationId: 'org_1',
    scopes: [],
  })
})

test('a subgraph that is away costs no value that was good for the same keys', async () => {
  const { connect, topics } = await world()
  const events = (await connect()).iterate({ query: 'subscription { changed(id: "s") { seq at { name } } }' })
  await next(events)
  await topics.publish(channel, told(2, { at: { id: 'p2' }, all: [] }))
  expect(await next(events)).toEqual({ data: { changed: { seq: 2, at: { name: 'p2 #2' } } } })
  places.isDown = true
  await topics.publish(channel, told(3, { at: { id: 'p2' }, all: [] }))
  expect(await next(events)).toEqual({ data: { changed: { seq: 3, at: { name: 'p2 #2' } } } })
  await topics.publish(channel, told(4, { at: { id: 'p9' }, all: [] }))
  expect(await next(events)).toMatchObject({
    data: { changed: { seq: 4, at: { name: null } } },
    errors: [{ path: ['changed', 'at'] }],
  })
})

test('what a message can’t hold, as a field with arguments, comes from the snapshot', async () => {
  const { connect, topics, metric } = await world()
  const events = (await connect()).iterate({ query: 'subscription { changed(id: "s") { note(for: "x") } }' })
  await next(events)
  await topics.publish(channel, told(2, { at: null, all: [] }))
  await vi.waitFor(async () => expect(await metric('headcount_gateway_live_snapshots_total')).toBe(2))
})

test('a message that lacks what it should carry, or has it in another form, is completed by a snapshot', async () => {
  const { connect, topics, metric } = await world()
  const events = (await connect()).iterate({ query: 'subscription { changed(id: "s") { seq all { n } } }' })
  await next(events)
  const wrong = [
    {},
    { all: null },
    { all: 'none' },
    { all: [{ id: 'p1', n: 'many' }] },
    { all: [{ id: 'p1' }] },
  ]
  for (const [at, data] of wrong.entries()) {
    await topics.publish(channel, told(at + 2, data))
    await vi.waitFor(async () => expect(await metric('headcount_gateway_live_snapshots_total')).toBe(at + 2))
  }
  await topics.publish(channel, told(9, { all: [{ id: 'p1', n: 9 }] }))
  expect(await next(events)).toEqual({ data: { changed: { seq: 9, all: [{ n: 9 }] } } })
})

test('what has no position comes as it is, then whenever a message says that it is another', async () => {
  const { connect, topics, served } = await world()
  config.word = 'first'
  const query = 'subscription { config(id: "c") { word } }'
  const events = (await connect()).iterate({ query })
  const beside = (await connect()).iterate({ query })
  const told = (word: string) => ({ data: { config: { word } } })
  expect(await Promise.all([next(events), next(beside)])).toEqual([told('first'), told('first')])
  for (const [at, word] of ['second', 'third'].entries()) {
    config.word = word
    await topics.publish('org:org_1:config:c', { seq: at + 1, asOf: new Date().toISOString() })
    expect(await Promise.all([next(events), next(beside)])).toEqual([told(word), told(word)])
  }
  config.word = 'fourth'
  await served.gateway.swap(
    compose([states, placesGraph]).replace('word: String', 'word: String\n  more: Int'),
  )
  expect(await Promise.all([next(events), next(beside)])).toEqual([told('fourth'), told('fourth')])
})

test('a guard that is alike for all is asked once, one that depends on the viewer is asked for each', async () => {
  const { connect } = await world()
  const asked = (field: string) => states.asked.filter((query) => query.includes(field)).length
  const clients = [await connect(), await connect(), await connect()]
  const before = asked('mayListen')
  const query = 'subscription { guarded(id: "s") { seq } }'
  await Promise.all(clients.map((client) => next(client.iterate({ query }))))
  expect(asked('mayListen') - before).toBe(1)
  const each = 'subscription { guardedEach(id: "s") { seq } }'
  const results = await Promise.allSettled(clients.map((client) => next(client.iterate({ query: each }))))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(asked('mayI')).toBe(3)
  const none = clients[0]?.iterate({ query: 'subscription { guarded(id: "none") { seq } }' })
  await expect(next(none as NonNullable<typeof none>)).rejects.toMatchObject([
    { extensions: { code: 'NOT_FOUND' } },
  ])
})

test('the graph of counts shares nothing that nobody has declared', async () => {
  const { connect, metric } = await liveWorld(atEnd, { graph: countsGraph().all })
  const query = 'subscription { occupancyChanged(eventId: "e1") { event { id } viewer } }'
  const all = [await connect(), await connect()].map((client) => client.iterate({ query }))
  await Promise.all(all.map(next))
  expect(await metric('headcount_gateway_live_groups')).toBe(2)
})
