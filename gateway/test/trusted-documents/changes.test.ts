import { afterEach, expect, test, vi } from 'vitest'
import { endAll } from '../http1-calls.ts'
import type { Answer } from '../support.ts'
import { doors } from './doors.ts'
import { documentsOf, feedOf, hashed, sha256, trustedWorld } from './trusted-world.ts'

afterEach(endAll)

const first = 'query First { open }'
const second = 'query Second { open }'
const open = { data: { open: 'open' } }
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code
const refused = 'DOCUMENT_NOT_TRUSTED'
const unknown = 'PERSISTED_QUERY_NOT_FOUND'
type World = Awaited<ReturnType<typeof trustedWorld>>

/** Resolves when the gateway has taken a set with so many documents. */
const taken = (world: World, documents: number) =>
  vi.waitFor(async () =>
    expect(await world.metric('headcount_gateway_trusted_documents{mode="locked"}')).toBe(documents),
  )

test('what is published runs at once, and what is withdrawn no more, over every transport', async () => {
  const world = await trustedWorld([hashed(first)], {}, { deduplication: { inbound: true } })
  for (const door of Object.values(doors)) {
    expect(await door(world.url, { query: first })).toEqual(open)
    expect(codeOf(await door(world.url, { documentId: sha256(second) }))).toBe(unknown)
  }
  world.publish(hashed(second), documentsOf({ more: 'query More { open }' }))
  await taken(world, 2)
  for (const door of Object.values(doors)) {
    for (const payload of [{ query: second }, { documentId: sha256(second) }, { documentId: 'more' }]) {
      expect(await door(world.url, payload)).toEqual(open)
    }
    for (const payload of [{ query: first }, { documentId: sha256(first) }]) {
      expect(codeOf(await door(world.url, payload))).toBe('query' in payload ? refused : unknown)
    }
  }
})

test('who asks for a withdrawn document does not join one that is still under way', async () => {
  const slow = 'query Slow { slow(ms: 800) }'
  const world = await trustedWorld([hashed(slow, second)], {}, { deduplication: { inbound: true } })
  const begun = world.served.post({ query: slow })
  await vi.waitFor(() => expect(world.asked()).toHaveLength(1))
  world.publish(hashed(second))
  await taken(world, 1)
  expect(codeOf((await world.served.post({ query: slow })).body)).toBe(refused)
  expect((await begun).body).toEqual({ data: { slow: 'done' } })
})

test('what a feed gives that cannot be used is refused with its reasons, and the last good documents stay', async () => {
  const world = await trustedWorld([hashed(first)])
  world.publish(
    hashed(second),
    documentsOf({ [sha256(first)]: second, 'no:good': first, 'with space': first, ['x'.repeat(257)]: first }),
    documentsOf({ broken: '{ open', none: 'fragment F on Query { open }' }, 'shop'),
    documentsOf({ twice: first }),
    documentsOf({ twice: second }),
  )
  await vi.waitFor(() =>
    expect(JSON.stringify(world.served.log)).toContain('new trusted documents were refused'),
  )
  const told = JSON.stringify(
    world.served.log.find(({ msg }) => String(msg).startsWith('new trusted documents')),
  )
  for (const reason of [
    `looks like a SHA-256, and that of its text is ${sha256(second)}`,
    'its id must be SHA-256 of the text, or a custom one without spaces and colons, or x-…:…',
    'its id has 257 characters; 256 are the most',
    'Syntax Error',
    'it has no operation',
    'the same id stands for another text too',
  ]) {
    expect(told).toContain(reason)
  }
  expect((await world.served.post({ query: first })).body).toEqual(open)
  expect(codeOf((await world.served.post({ query: second })).body)).toBe(refused)
  world.publish(hashed(second))
  await taken(world, 1)
  await vi.waitFor(async () => expect((await world.served.post({ query: second })).body).toEqual(open))
})

test('of sets that come faster than they are taken the last one counts', async () => {
  const world = await trustedWorld([hashed(first)])
  for (let number = 0; number < 20; number += 1) world.publish(hashed(`query Q${number} { open }`))
  world.publish(hashed(first, second))
  await taken(world, 2)
  expect((await world.served.post({ query: second })).body).toEqual(open)
  expect(codeOf((await world.served.post({ query: 'query Q19 { open }' })).body)).toBe(refused)
})

test('a gateway that closes follows its feed no more', async () => {
  const world = await trustedWorld([hashed(first)])
  expect([world.state.listeners.size, world.state.isClosed]).toEqual([1, false])
  await world.served.gateway.close()
  expect([world.state.listeners.size, world.state.isClosed]).toEqual([0, true])
})

test('a first set that cannot be used stops the start, and leaves nothing open', async () => {
  const bad = documentsOf({ bad: '{ open' })
  const source = feedOf(bad)
  await expect(trustedWorld([], { source: { feed: source.feed } })).rejects.toThrow(
    /^The trusted documents cannot be used:\n {2}document "bad": Syntax Error/,
  )
  expect([source.state.listeners.size, source.state.isClosed]).toEqual([0, true])
})

test('a supergraph that cannot be used leaves no feed open either', async () => {
  const source = feedOf(hashed(first))
  const supergraph = { sdl: 'type Query { a: Int }' }
  await expect(trustedWorld([], { source: { feed: source.feed } }, { supergraph })).rejects.toThrow()
  expect([source.state.listeners.size, source.state.isClosed]).toEqual([0, true])
})

test('a trusted document that does not fit the schema says so for itself, before and after a swap', async () => {
  const later = 'query Later { later }'
  const world = await trustedWorld([hashed(first, later)])
  expect(codeOf((await world.served.post({ query: later })).body)).toBe('GRAPHQL_VALIDATION_FAILED')
  expect((await world.served.post({ query: first })).body).toEqual(open)
  await vi.waitFor(() =>
    expect(world.served.log).toContainEqual(
      expect.objectContaining({
        msg: 'trusted documents do not fit the schema; who asks is told why',
        count: 1,
        ids: [sha256(later)],
      }),
    ),
  )
  await world.served.gateway.swap(world.sdl.replace('open: String!', 'open: String!\n  later: String'))
  expect(codeOf((await world.served.post({ query: later })).body)).toBeUndefined()
  await world.served.gateway.swap(world.sdl.replace('open: String!', 'closed: String!'))
  const gone = await world.served.post({ query: first })
  expect(gone.body.errors?.[0]).toMatchObject({
    message: expect.stringContaining('"open"'),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })
  expect(codeOf((await world.served.post({ query: second })).body)).toBe(refused)
})

test('trusted documents are planned before anybody asks, at the start, when they come and before a swap', async () => {
  const guarded = 'query Guarded { hall(id: "a") { name capacity next } }'
  const world = await trustedWorld([hashed(first, guarded)])
  const planned = (result: string) => world.metric(`headcount_gateway_plans_total{result="${result}"}`)
  await vi.waitFor(async () => expect(await planned('miss')).toBe(2))
  await world.served.post({ documentId: sha256(first) })
  world.publish(hashed(first, guarded, second, 'query Third { show { title } }'))
  // `second` asks for the same as `first`, under another name.
  await vi.waitFor(async () => expect(await planned('miss')).toBeGreaterThanOrEqual(3))
  await taken(world, 4)
  await vi.waitFor(async () =>
    expect(await world.metric('headcount_gateway_cache_entries{cache="documents"}')).toBe(4),
  )
  await world.served.gateway.swap(world.sdl.replace('open: String!', 'open: String!\n  more: String'))
  expect(await world.metric('headcount_gateway_cache_entries{cache="documents"}')).toBe(4)
  const before = await planned('miss')
  await world.served.post({ documentId: sha256('query Third { show { title } }') })
  await world.served.post({ documentId: sha256(first) })
  expect(await planned('miss')).toBe(before)
})
