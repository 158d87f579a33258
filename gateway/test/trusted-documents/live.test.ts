import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startValkey } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { createClient as createSseClient, NetworkError } from 'graphql-sse'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { channel, message } from '../counts.ts'
import { venueGraph } from '../graph.ts'
import { atEnd, endAll } from '../http1-calls.ts'
import { liveWorld, next } from '../live-world.ts'
import { compose, serve } from '../support.ts'
import { feedOf, hashed, persistedQuery, sha256, trustedWorld } from './trusted-world.ts'

const missing = await serversOrSkip()
afterEach(endAll)

const live = 'subscription Live { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq inside } }'
const other = 'query Other { event(id: "e1") { name } }'
const foreign = 'subscription Foreign { occupancyChanged(eventId: "e1") { seq } }'
const value = (seq: number, inside: number) => ({ data: { occupancyChanged: { seq, inside } } })
const refused = { errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] }
const unknown = { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }

/** Answers to requests that should have been taken into a stream. */
const refusals: unknown[] = []

const readingRefusals: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (init?.method === 'POST' && response.status !== 202) refusals.push(await response.clone().json())
  return response
}

async function lockedLive(...texts: readonly string[]) {
  const source = feedOf(hashed(...texts))
  const world = await liveWorld(atEnd, {
    trustedDocuments: { source: { feed: source.feed }, mode: 'locked' },
  })
  const authorization = `Bearer ${await world.tokens.withScopes('count:read')}`
  // The client writes into what it is given.
  const headers = () => ({ authorization })
  const streams = createSseClient({ url: world.served.url, headers, retryAttempts: 0 })
  const single = createSseClient({
    url: world.served.url,
    headers,
    fetchFn: readingRefusals,
    singleConnection: true,
    retryAttempts: 0,
  })
  atEnd(() => {
    streams.dispose()
    single.dispose()
  })
  const sockets = await world.connect()
  const documents = (count: number) =>
    vi.waitFor(async () =>
      expect(await world.metric('headcount_gateway_trusted_documents{mode="locked"}')).toBe(count),
    )
  return { ...world, ...source, documents, clients: { sockets, streams, single } }
}

/** What a first result is, or the errors that came in its place, whichever way a client tells them. */
async function outcome(results: AsyncIterator<unknown>): Promise<unknown> {
  try {
    return await next(results)
  } catch (errors) {
    if (Array.isArray(errors)) return { errors }
    // In a single connection the request itself is answered with the refusal, which the client does not read.
    if (errors instanceof NetworkError) return refusals.pop()
    throw errors
  }
}

describe.each(['sockets', 'streams', 'single'] as const)('a locked gateway over %s', (name) => {
  test('runs subscriptions and queries by hash, Apollo’s form or text, and refuses foreign ones', async () => {
    const { clients } = await lockedLive(live, other)
    const client = clients[name]
    const byId = { query: '', documentId: `sha256:${sha256(live)}` }
    const unknownId = { query: '', documentId: 'none' }
    const byHash = { query: '', extensions: persistedQuery(sha256(live)) }
    for (const payload of [byId, byHash, { query: live }]) {
      const results = client.iterate(payload)
      expect(await outcome(results)).toEqual(value(1, 10))
      await results.return?.()
    }
    const query = client.iterate({ query: '', documentId: `sha256:${sha256(other)}` } as { query: string })
    expect(await outcome(query)).toEqual({ data: { event: { name: 'Event e1' } } })
    for (const payload of [
      { query: foreign },
      { query: `${live} ` },
      { query: foreign, extensions: persistedQuery(sha256(foreign)) },
      { query: '', extensions: persistedQuery(sha256(foreign)) },
    ]) {
      expect(await outcome(client.iterate(payload))).toMatchObject(refused)
    }
    expect(await outcome(client.iterate(unknownId))).toMatchObject(unknown)
  })

  test('lets a running subscription of a withdrawn document go on, through swaps too, and begins none', async () => {
    const world = await lockedLive(live, other)
    const client = world.clients[name]
    const running = client.iterate({ query: live })
    expect(await outcome(running)).toEqual(value(1, 10))
    world.publish(hashed(other))
    await world.documents(1)
    await world.topics.publish(channel, message(2, 20))
    expect(await next(running)).toEqual(value(2, 20))
    expect(await outcome(client.iterate({ query: live }))).toMatchObject(refused)
    Object.assign(world.state, { seq: 3, inside: 30 })
    const sdl = compose(world.parts)
    await world.served.gateway.swap(sdl.replace('unfed: Int', 'unfed: Int\n  more: Int'))
    await world.topics.publish(channel, message(3, 30))
    expect(await next(running)).toEqual(value(3, 30))
    // The group was read anew under the other supergraph, in the gateway's own words: they open no door.
    for (const query of [
      live,
      'subscription Live {\n  occupancyChanged(eventId: "e1", minIntervalMs: 0) {\n    seq\n    inside\n  }\n}',
    ]) {
      expect(await outcome(client.iterate({ query }))).toMatchObject(refused)
    }
    await running.return?.()
  })
})

test('a connection names its client when it begins, in the handshake or by its first message', async () => {
  const own = feedOf({ client: 'shop', documents: [{ id: 'live', text: live, name: 'Live' }] })
  const world = await liveWorld(atEnd, {
    trustedDocuments: { source: { feed: own.feed }, mode: 'locked', isPerClient: true },
  })
  const byId = { query: '', documentId: 'live' }
  const handshake = await world.connect({}, { headers: { 'graphql-client-name': 'shop' } })
  expect(await outcome(handshake.iterate(byId))).toEqual(value(1, 10))
  const nobody = await world.connect()
  expect(await outcome(nobody.iterate(byId))).toMatchObject(unknown)
})

test('a document that clients registered is no way into a locked gateway of the same process', async () => {
  const foreignQuery = 'query Foreign { open }'
  const body = { query: foreignQuery, extensions: persistedQuery(sha256(foreignQuery)) }
  const open = await serve(venueGraph().all, 'in-process')
  atEnd(() => open.close())
  await open.post(body)
  const world = await trustedWorld([hashed('query Trusted { open }')])
  expect((await world.served.post({ extensions: body.extensions })).body).toMatchObject(refused)
})

describe.skipIf(missing !== undefined)(titled('over Valkey', missing), () => {
  test('a document that an open gateway has put into Redis is no way into a locked one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headcount-locked-'))
    const valkey = await startValkey({ directory: folder })
    atEnd(async () => {
      await valkey.stop()
      await rm(folder, { recursive: true })
    })
    const redisUrl = valkey.url
    const query = 'query Foreign { open }'
    const body = { query, extensions: persistedQuery(sha256(query)) }
    const [one, twin] = await Promise.all(
      [0, 1].map(() => serve(venueGraph().all, 'in-process', { redisUrl })),
    )
    atEnd(() => Promise.all([one?.close(), twin?.close()]))
    const locked = await trustedWorld([hashed('query Trusted { open }')], {}, { redisUrl })
    await vi.waitFor(
      async () => {
        await one?.post(body)
        expect((await twin?.post({ extensions: body.extensions }))?.body).toEqual({ data: { open: 'open' } })
      },
      { timeout: 5_000 },
    )
    for (const payload of [{ extensions: body.extensions }, body]) {
      expect((await locked.served.post(payload)).body).toMatchObject(refused)
    }
    const byId = await locked.served.post({ documentId: `sha256:${sha256(query)}` })
    expect(byId.body).toMatchObject(unknown)
  })
})
