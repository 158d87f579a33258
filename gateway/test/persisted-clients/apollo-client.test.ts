import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists'
import { readManifest } from '@headcount/manifests'
import { print } from 'graphql'
import { createClient } from 'graphql-ws'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { GatewayOptions } from '../../src/index.ts'
import { venueGraph } from '../graph.ts'
import { atEnd, endAll } from '../http1-calls.ts'
import { liveWorld } from '../live-world.ts'
import { type Served, serve } from '../support.ts'
import { feedOf, hashed, trustedWorld } from '../trusted-documents/trusted-world.ts'
import { recordedFetch } from './recorded-fetch.ts'

afterEach(endAll)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const title = gql`
  query Title {
    show {
      title
    }
  }
`
const hall = gql`
  query Hall($id: ID!) {
    hall(id: $id) {
      id
    }
    open
  }
`
const touch = gql`
  mutation Touch {
    touch
  }
`
const data = { show: expect.objectContaining({ title: 'Tosca' }) }

type LinkOptions = Partial<ConstructorParameters<typeof PersistedQueryLink>[0]>

/** Apollo Client as an app has it, with its persisted query link in front of its HTTP link. */
function apollo(served: Served, options: LinkOptions = {}, name?: string) {
  const recorded = recordedFetch()
  const persisted = new PersistedQueryLink({ sha256, ...options } as ConstructorParameters<
    typeof PersistedQueryLink
  >[0])
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([persisted, new HttpLink({ uri: served.url, fetch: recorded.fetch })]),
    ...(name === undefined ? {} : { clientAwareness: { name, version: '1.0' } }),
  })
  atEnd(() => client.stop())
  const ask = (query = title) =>
    client.query({ query, fetchPolicy: 'network-only', variables: query === hall ? { id: 'a' } : {} })
  return { client, ask, ...recorded }
}

async function open(options: Partial<GatewayOptions> = {}): Promise<Served> {
  const served = await serve(venueGraph().all, 'in-process', options)
  atEnd(() => served.close())
  return served
}

/** What the client sends of a document: its cache has it ask for the typenames as well. */
const sentText = (document: typeof title) => print(new InMemoryCache().transformDocument(document))

/** A manifest as Apollo's generator writes it for the client's documents, under ids that `idOf` gives. */
function manifestOf(idOf: (body: string, name: string) => string) {
  const operations = [
    ['Title', 'query', sentText(title)],
    ['Touch', 'mutation', sentText(touch)],
  ] as const
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: operations.map(([name, type, body]) => ({ id: idOf(body, name), name, type, body })),
  } as const
}

test('by default it sends the hash, then both, then the hash alone: all by POST', async () => {
  const { ask, summary } = apollo(await open())
  expect((await ask()).data).toMatchObject(data)
  expect((await ask()).data).toMatchObject(data)
  expect(summary()).toEqual(['POST hash', 'POST query hash', 'POST hash'])
})

test('with GET for hashed queries it sends hashes by GET, and what is not known yet by POST', async () => {
  const { ask, summary, sent } = apollo(await open(), { useGETForHashedQueries: true })
  expect((await ask()).data).toMatchObject(data)
  expect((await ask()).data).toMatchObject(data)
  expect(summary()).toEqual(['GET hash', 'POST query hash', 'GET hash'])
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('variables go along with the hash, and a mutation goes by POST', async () => {
  const { ask, client, summary, sent } = apollo(await open(), { useGETForHashedQueries: true })
  const { data: answer } = await client.query({ query: hall, variables: { id: 'a' }, errorPolicy: 'all' })
  expect(answer).toMatchObject({ open: 'open' })
  expect(sent.at(-1)?.payload.variables).toEqual({ id: 'a' })
  await expect(client.mutate({ mutation: touch })).rejects.toThrow()
  await ask()
  expect(summary()).toEqual([
    'GET hash',
    'POST query hash',
    'POST hash',
    'POST query hash',
    'GET hash',
    'POST query hash',
  ])
})

test('where nothing may be registered it sends documents alone from then on', async () => {
  const { ask, summary } = apollo(await open({ automaticPersistedDocuments: false }))
  expect((await ask()).data).toMatchObject(data)
  expect((await ask()).data).toMatchObject(data)
  expect(summary()).toEqual(['POST hash', 'POST query', 'POST query'])
})

test.each([
  ['hashes of the texts', (body: string) => sha256(body)],
  ['ids of its own', (_: string, name: string) => `app/${name}@7`],
])('with a manifest it runs on a locked gateway by its %s', async (_, idOf) => {
  const manifest = manifestOf(idOf)
  const { served } = await trustedWorld(readManifest(JSON.stringify(manifest), 'shop'), { isPerClient: true })
  const options = generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest })
  for (const useGETForHashedQueries of [false, true]) {
    const { ask, summary, sent } = apollo(served, { ...options, useGETForHashedQueries }, 'shop')
    expect((await ask()).data).toMatchObject(data)
    expect(summary()).toEqual([useGETForHashedQueries ? 'GET hash' : 'POST hash'])
    expect(sent[0]?.headers.get('apollographql-client-name')).toBe('shop')
  }
  await expect(apollo(served, options, 'thief').ask()).rejects.toThrow()
})

test('on a locked gateway an unknown document is one error with its code, asked for once', async () => {
  const { served } = await trustedWorld(readManifest(JSON.stringify(manifestOf(sha256)), ''))
  const { ask, summary } = apollo(served)
  expect((await ask()).data).toMatchObject(data)
  const error = await ask(hall).catch((thrown: unknown) => thrown)
  expect(CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.code).toBe('DOCUMENT_NOT_TRUSTED')
  expect(summary()).toEqual(['POST hash', 'POST hash'])
})

test('its subscriptions over a WebSocket bring text and hash, and run where they are trusted', async () => {
  const subscription = gql`
    subscription Live {
      occupancyChanged(eventId: "e1") {
        seq
      }
    }
  `
  const text = sentText(subscription)
  const { feed } = feedOf(hashed(text))
  const world = await liveWorld(atEnd, { trustedDocuments: { source: { feed }, mode: 'locked' } })
  const socket = createClient({
    url: world.served.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { accessToken: await world.tokens.withScopes('count:read') },
  })
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([new PersistedQueryLink({ sha256 }), new GraphQLWsLink(socket)]),
  })
  atEnd(() => {
    client.stop()
    return socket.dispose()
  })
  const first = new Promise((resolve, reject) => {
    client
      .subscribe({ query: subscription, fetchPolicy: 'no-cache' })
      .subscribe({ next: resolve, error: reject })
  })
  expect(await first).toMatchObject({ data: { occupancyChanged: { seq: 1 } } })
})
