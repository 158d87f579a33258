import {
  type ConcreteRequest,
  Environment,
  fetchQuery,
  Network,
  RecordSource,
  type RequestParameters,
  Store,
  type Variables,
} from 'relay-runtime'
import { afterEach, expect, test } from 'vitest'
import { endAll } from '../http1-calls.ts'
import { documentsOf, sha256, trustedWorld } from '../trusted-documents/trusted-world.ts'
import { recordedFetch } from './recorded-fetch.ts'

afterEach(endAll)

const text = 'query TitleQuery {\n  show {\n    title\n  }\n}\n'
const md5 = '3be4abb81fa595e25eb725b2c6a87508'

/** What Relay's compiler makes of a query that it has persisted: its id is there, its text is not. */
function compiled(id: string): ConcreteRequest {
  const title = { alias: null, args: null, kind: 'ScalarField', name: 'title', storageKey: null }
  const show = {
    alias: null,
    args: null,
    concreteType: 'Show',
    kind: 'LinkedField',
    name: 'show',
    plural: false,
    selections: [title],
    storageKey: null,
  }
  const part = { argumentDefinitions: [], name: 'TitleQuery', selections: [show] }
  return {
    fragment: { ...part, kind: 'Fragment', metadata: null, type: 'Query', abstractKey: null },
    kind: 'Request',
    operation: { ...part, kind: 'Operation' },
    params: { id, metadata: {}, name: 'TitleQuery', operationKind: 'query', text: null },
  } as unknown as ConcreteRequest
}

type Body = (request: RequestParameters, variables: Variables) => Record<string, unknown>

/** The bodies that network layers of Relay send. */
const bodies: Readonly<Record<string, Body>> = {
  'doc_id, as Relay’s guide to persisted queries has it': ({ id }, variables) => ({ doc_id: id, variables }),
  'id, as its compiler calls it': ({ id }, variables) => ({ id, variables }),
  'id and an empty query, as react-relay-network-modern does': ({ id, text: query }, variables) => ({
    id,
    query: query ?? '',
    variables,
  }),
  'documentId, as GraphQL over HTTP has it': ({ id }, variables) => ({ documentId: id, variables }),
  'Apollo’s extension, as gateways of others want it': ({ id }, variables) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: id } },
    variables,
  }),
}

function relay(url: string, body: Body) {
  const recorded = recordedFetch()
  const network = Network.create(async (request, variables) => {
    const response = await recorded.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body(request, variables)),
    })
    return response.json()
  })
  const environment = new Environment({ network, store: new Store(new RecordSource()) })
  return { ask: (id: string) => fetchQuery(environment, compiled(id), {}).toPromise(), ...recorded }
}

test.each(Object.entries(bodies))('on a locked gateway its persisted queries run by %s', async (_, body) => {
  const hash = sha256(text)
  const { served } = await trustedWorld([documentsOf({ [md5]: text, [hash]: text })])
  const { ask, sent } = relay(served.url, body)
  for (const id of [md5, hash]) expect(await ask(id)).toEqual({ show: { title: 'Tosca' } })
  await expect(ask('0cc175b9c0f1b6a831c399e269772661')).rejects.toThrow(
    /No document is known by this id|trusted documents only/,
  )
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200])
})
