import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { createYoga } from 'graphql-yoga'
import { afterEach, expect, test } from 'vitest'
import { buildSupergraph } from './build-supergraph.ts'
import { createComposer } from './compose-subgraphs.ts'
import { SupergraphRefused } from './supergraph-refused.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])'
const servers: Server[] = []

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

function subgraphOf(sdl: string) {
  const schema = buildSubgraphSchema([{ typeDefs: parse(`${link} ${sdl}`) }])
  return createYoga({ schema, logging: false })
}

async function reasonsOf(composing: Promise<string>): Promise<readonly string[]> {
  const refusal = await composing.then(
    () => undefined,
    (error: unknown) => error,
  )
  return refusal instanceof SupergraphRefused ? refusal.reasons : [`not refused: ${refusal}`]
}

const users = 'type Query { me: User } type User @key(fields: "id") { id: ID! }'
const ages = 'type User @key(fields: "id") { id: ID! age: Int }'

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

test('subgraphs that run are composed to a supergraph that serves', async () => {
  const sources = [
    { name: 'users', url: await serve(subgraphOf(users)) },
    { name: 'ages', url: await serve(subgraphOf(ages)) },
  ]
  const { apiSchema, subgraphs } = buildSupergraph(await createComposer(sources).compose())
  expect(apiSchema.getQueryType()?.getFields()).toHaveProperty('me')
  expect([...subgraphs].sort((one, other) => (one.name < other.name ? 1 : -1))).toEqual(sources)
})

test('the same supergraph is given without composing until a schema changes', async () => {
  let serving = subgraphOf(users)
  const url = await serve((req, res) => serving(req, res))
  const composer = createComposer([{ name: 'users', url }])
  const first = await composer.compose()
  // Composing takes a thread; asking alone does not.
  let threads = 0
  const count = () => threads++
  process.on('worker', count)
  expect(await composer.compose()).toBe(first)
  expect(threads).toBe(0)
  serving = subgraphOf(`${users} type Added { id: ID! } extend type Query { added: Added }`)
  expect(await composer.compose()).toContain('type Added')
  expect(threads).toBe(1)
  process.off('worker', count)
})

test('each subgraph that gives no schema is named with what was wrong', async () => {
  const answer = (status: number, text: string) =>
    serve((_, res) => {
      res.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  const composer = createComposer(
    [
      { name: 'closed', url: 'http://127.0.0.1:1/graphql' },
      { name: 'failing', url: await answer(503, 'no') },
      { name: 'silent', url: await serve(() => {}) },
      { name: 'strange', url: await answer(200, '<html>') },
      { name: 'unwilling', url: await answer(200, '{"errors":[{"message":"not for you"}]}') },
      { name: 'users', url: await serve(subgraphOf(users)) },
    ],
    { readDeadlineMs: 1_500 },
  )
  expect(await reasonsOf(composer.compose())).toEqual([
    expect.stringMatching(/^The subgraph "closed" at .* gave no schema: it failed with ECONNREFUSED\.$/),
    expect.stringMatching(/"failing" .* it answered with status 503\.$/),
    expect.stringMatching(/"silent" .* it did not answer in time\.$/),
    expect.stringMatching(/"strange" .* its answer is not JSON\.$/),
    expect.stringMatching(/"unwilling" .* its answer has no data\._service\.sdl but "not for you"\.$/),
  ])
})

test('a subgraph that fails once is asked again', async () => {
  let isFirst = true
  const yoga = subgraphOf(users)
  const url = await serve((req, res) => {
    if (!isFirst) return void yoga(req, res)
    isFirst = false
    req.socket.destroy()
  })
  expect(await createComposer([{ name: 'users', url }]).compose()).toContain('type User')
})

test('schemas that do not compose are refused with codes', async () => {
  const sources = [
    {
      name: 'a',
      url: await serve(subgraphOf('type Query { x: Int } type T @key(fields: "id") { id: ID! f: Int }')),
    },
    { name: 'b', url: await serve(subgraphOf('type T @key(fields: "id") { id: ID! f: Int g: String }')) },
    { name: 'c', url: await serve(subgraphOf('type T @key(fields: "id") { id: ID! g: String }')) },
  ]
  const reasons = await reasonsOf(createComposer(sources).compose())
  expect(reasons).toHaveLength(2)
  for (const reason of reasons) expect(reason).toMatch(/^INVALID_FIELD_SHARING: /)
})
