import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { createYoga } from 'graphql-yoga'
import { afterEach, expect, test, vi } from 'vitest'
import { createComposer } from '../src/supergraph/compose-subgraphs.ts'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { serve } from './support.ts'

afterEach(endAll)

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])'
const users = 'type Query { me: User } type User @key(fields: "id") { id: ID! }'
const ages = 'type User @key(fields: "id") { id: ID! age: Int }'
const resolvers = {
  Query: { me: () => ({ id: 'u1' }) },
  User: { __resolveReference: ({ id }: { id: string }) => ({ id, age: 7, height: 180 }) },
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** A subgraph of this schema, behind Yoga. */
function subgraphOf(sdl: string): Listener {
  const typeDefs = parse(`${link} ${sdl}`)
  const known = sdl.includes('Query') ? resolvers : { User: resolvers.User }
  return createYoga({ schema: buildSubgraphSchema([{ typeDefs, resolvers: known }]), logging: false })
}

/** A server that answers as the test says at the moment. */
async function changing(first: Listener) {
  let listener = first
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked: () => asked,
    become(next: Listener) {
      listener = next
    },
  }
}

const away: Listener = (_request, response) => response.writeHead(503).end('no')
const pollIntervalMs = 50

test('a gateway over running subgraphs follows their schemas, and serves the last good one while they do not compose or one is away', async () => {
  const [user, age] = [await changing(subgraphOf(users)), await changing(subgraphOf(ages))]
  const served = await serve(venueGraph().all, 'in-process', {
    supergraph: { subgraphs: { users: user.url, ages: age.url }, pollIntervalMs },
  })
  atEnd(() => served.close())
  const ask = async (query: string) => (await served.post({ query })).body
  const until = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 50 })
  const logged = (text: string) => served.log.filter((line) => JSON.stringify(line).includes(text))
  expect(await ask('{ me { id age } }')).toEqual({ data: { me: { id: 'u1', age: 7 } } })
  expect((await ask('{ me { height } }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')

  age.become(subgraphOf(`${ages} extend type User { height: Int }`))
  await until(async () => expect(await ask('{ me { height } }')).toEqual({ data: { me: { height: 180 } } }))

  // Two subgraphs may not both give `height`: nobody has said that it is shareable.
  user.become(subgraphOf(`${users} extend type User { height: Int }`))
  await until(() => expect(logged('INVALID_FIELD_SHARING: ')).toHaveLength(1))
  expect(await ask('{ me { height } }')).toEqual({ data: { me: { height: 180 } } })

  const before = age.asked()
  age.become(away)
  await until(() => expect(logged('it answered with status 503')).toHaveLength(1))
  await until(() => expect(age.asked()).toBeGreaterThan(before + 6))
  // Each reason is told once, however often it is met.
  expect(logged('there is no new supergraph')).toHaveLength(2)
  expect(await ask('{ me { id } }')).toEqual({ data: { me: { id: 'u1' } } })

  user.become(subgraphOf(users))
  age.become(subgraphOf(ages))
  await until(async () =>
    expect((await ask('{ me { height } }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED'),
  )
  expect(logged('answers again')).toHaveLength(1)
}, 30_000)

test('a gateway does not start while a subgraph is away, and names it', async () => {
  const [user, age] = [await changing(subgraphOf(users)), await changing(away)]
  const start = serve(venueGraph().all, 'in-process', {
    supergraph: { subgraphs: { users: user.url, ages: age.url } },
  })
  await expect(start).rejects.toThrow(
    `The subgraph "ages" at ${age.url} gave no schema: it answered with status 503.`,
  )
})

test('a subgraph that redirects is not followed', async () => {
  const target = await changing(subgraphOf(users))
  const source = await changing((_request, response) =>
    response.writeHead(307, { location: target.url }).end(),
  )
  const composing = createComposer([{ name: 'users', url: source.url }]).compose()
  await expect(composing).rejects.toThrow('it answered with status 307')
  expect(target.asked()).toBe(0)
})

test.each([
  ['while a subgraph is asked', () => {}],
  ['while schemas are composed', subgraphOf(users)],
] as const)('%s, composing can be given up', async (_title, listener) => {
  const { url, asked } = await changing(listener)
  const controller = new AbortController()
  let threads = 0
  const count = () => {
    threads += 1
    controller.abort(new Error('enough'))
  }
  process.once('worker', count)
  atEnd(() => process.off('worker', count))
  const startedAt = performance.now()
  const composing = createComposer([{ name: 'users', url }]).compose(controller.signal)
  composing.catch(() => {})
  await vi.waitFor(() => expect(asked()).toBe(1))
  if (listener.length === 0) controller.abort(new Error('enough'))
  await expect(composing).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  expect(threads).toBe(listener.length === 0 ? 0 : 1)
  await sleep(0)
})
