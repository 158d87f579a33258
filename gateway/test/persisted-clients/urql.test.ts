import { Client, cacheExchange, fetchExchange, formatDocument, gql, stringifyDocument } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import type { DocumentNode } from 'graphql'
import { afterEach, expect, test, vi } from 'vitest'
import type { GatewayOptions } from '../../src/index.ts'
import { venueGraph } from '../graph.ts'
import { atEnd, endAll } from '../http1-calls.ts'
import { type Served, serve } from '../support.ts'
import { documentsOf, hashed, trustedWorld } from '../trusted-documents/trusted-world.ts'
import { recordedFetch } from './recorded-fetch.ts'

afterEach(endAll)

const title = gql('query Title { show { title } }')
const open = gql('query Open { open }')
const mutation = gql('mutation Touch { touch }')
const data = { show: { title: 'Tosca' } }
const samePage = { 'sec-fetch-site': 'same-origin' }

type PersistedOptions = Parameters<typeof persistedExchange>[0]

/** urql as an app has it; `added` = headers that a browser adds. */
function urql(served: Served, options: PersistedOptions, added: Readonly<Record<string, string>> = {}) {
  const recorded = recordedFetch(added)
  const client = new Client({
    url: served.url,
    fetch: recorded.fetch,
    exchanges: [cacheExchange, persistedExchange(options), fetchExchange],
  })
  const ask = async (query: typeof title | { documentId: string } = title) => {
    const { data: answer, error } = await client
      .query(query as typeof title, {}, { requestPolicy: 'network-only' })
      .toPromise()
    return { data: answer, code: error?.graphQLErrors[0]?.extensions.code }
  }
  return { client, ask, ...recorded }
}

async function serveOpen(options: Partial<GatewayOptions> = {}): Promise<Served> {
  const served = await serve(venueGraph().all, 'in-process', options)
  atEnd(() => served.close())
  return served
}

const pages: readonly (readonly [string, Record<string, string>, Partial<GatewayOptions>])[] = [
  ['a page of this site', samePage, {}],
  [
    'a page of a listed origin',
    { origin: 'https://app.test', 'sec-fetch-site': 'cross-site' },
    { corsOrigins: ['https://app.test'] },
  ],
  ['no page, where that guard is off', {}, { csrf: { isEnabled: false } }],
]

test.each(pages)(
  'by default it sends hashes by GET, and then both by GET: from %s',
  async (_, added, options) => {
    const { ask, summary } = urql(await serveOpen(options), {}, added)
    expect(await ask()).toMatchObject({ data })
    expect(await ask()).toMatchObject({ data })
    expect(summary()).toEqual(['GET hash', 'GET query hash', 'GET hash'])
  },
)

test('by GET from another site’s page it registers nothing, and a known hash is answered', async () => {
  const served = await serveOpen()
  const own = urql(served, {}, samePage)
  const foreign = urql(served, {}, { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' })
  expect((await foreign.ask()).code).toBe('CSRF_PREVENTED')
  await own.ask()
  expect(await foreign.ask()).toMatchObject({ data })
})

test('it registers and asks by POST where it does not prefer GET, mutations too', async () => {
  const options = { preferGetForPersistedQueries: false, enableForMutation: true } as const
  const { ask, summary, client } = urql(await serveOpen(), options)
  expect(await ask()).toMatchObject({ data })
  expect(await ask()).toMatchObject({ data })
  await client.mutation(mutation, {}).toPromise()
  expect(summary()).toEqual(['POST hash', 'POST query hash', 'POST hash', 'POST hash', 'POST query hash'])
})

test('where nothing may be registered it sends documents alone from then on', async () => {
  const served = await serveOpen({ automaticPersistedDocuments: false })
  const { ask, summary } = urql(served, {}, samePage)
  expect(await ask()).toMatchObject({ data })
  expect(await ask()).toMatchObject({ data })
  expect(summary()).toEqual(['GET hash', 'GET query', 'GET query'])
})

test('on a locked gateway its persisted exchange runs trusted documents with no header of its own', async () => {
  const { served } = await trustedWorld([hashed(stringifyDocument(formatDocument(title) as DocumentNode))])
  for (const options of [
    {},
    { enforcePersistedQueries: true },
    { preferGetForPersistedQueries: false },
  ] as const) {
    const { ask, summary, sent } = urql(served, options)
    expect(await ask()).toMatchObject({ data })
    expect(await ask(open)).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' })
    const method = 'preferGetForPersistedQueries' in options ? 'POST' : 'GET'
    expect(summary()).toEqual([`${method} hash`, `${method} hash`])
    if (method === 'GET') expect(sent[0]?.headers.has('content-type')).toBe(false)
  }
})

test('documents that are ids alone are sent as documentId, by GET with no header of their own', async () => {
  // While one develops, urql wants the documents themselves.
  vi.stubEnv('NODE_ENV', 'production')
  atEnd(() => vi.unstubAllEnvs())
  const { served } = await trustedWorld([documentsOf({ 'Title-7': 'query Title { show { title } }' })])
  const recorded = recordedFetch()
  const client = new Client({ url: served.url, fetch: recorded.fetch, exchanges: [fetchExchange] })
  // What a build that keeps no documents puts in their place.
  const byId = (documentId: string) =>
    ({ kind: 'Document', definitions: [], documentId }) as unknown as typeof title
  const answer = await client.query(byId('Title-7'), {}).toPromise()
  expect(answer.data).toEqual(data)
  const unknown = await client.query(byId('Title-8'), {}).toPromise()
  expect(unknown.error?.graphQLErrors[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect(recorded.summary()).toEqual(['GET documentId', 'GET documentId'])
})
