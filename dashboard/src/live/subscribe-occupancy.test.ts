import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LiveError, LiveState } from '@headcount/live-client'
import { createWebSocketClient } from '@headcount/live-client/graphql-ws'
import { buildSchema, GraphQLError } from 'graphql'
import { useServer as serveSockets } from 'graphql-ws/use/ws'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { documentOf } from '../../test/manifest.ts'
import { occupancyAt } from '../../test/occupancy.ts'
import { UnknownDocuments } from '../graph/unknown-documents.ts'
import type { Occupancy } from './occupancy.ts'
import { createSubscribeOccupancy } from './subscribe-occupancy.ts'

const schema = buildSchema(`
  type Query { none: Int }
  type Subscription { occupancyChanged(eventId: ID!, minIntervalMs: Int!, afterSeq: Int): EventOccupancy }
  type EventOccupancy { event: Event seq: Int! asOf: String! admitted: Int! inside: Int! reset: Boolean! zones: [ZoneOccupancy!]! gates: [GateCount!]! }
  type Event { id: ID! name: String! }
  type ZoneOccupancy { inside: Int! zone: Zone }
  type Zone { id: ID! name: String! capacity: Int enforcement: String! }
  type GateCount { entries: Int! exits: Int! rejected: Int! entriesPerMinute: Float! gate: Gate! }
  type Gate { id: ID! name: String! status: String! }
`)

interface Asked {
  eventId: string
  afterSeq?: number | null
}

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const notFound = new GraphQLError('PersistedQueryNotFound', {
  extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
})

/** `graphql-ws`'s own server, as a platform that knows `afterSeq` alone, or `extensions.resume` too. */
async function openDoor(
  answer: (asked: Asked, count: number) => AsyncIterable<object> | Error,
  { knowsResume = false } = {},
) {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  const seen = {
    asked: [] as Asked[],
    resumes: [] as unknown[],
    queries: [] as string[],
    connections: 0,
    isOlder: false,
  }
  sockets.on('connection', () => void seen.connections++)
  serveSockets(
    {
      schema,
      roots: {
        subscription: {
          occupancyChanged: (asked: Asked) => {
            seen.asked.push(asked)
            const outcome = answer(asked, seen.asked.length)
            if (outcome instanceof Error) throw outcome
            return outcome
          },
        },
      },
      onSubscribe: (_ctx, _id, payload) => {
        const { query, extensions, variables } = payload
        seen.queries.push(query)
        if (seen.isOlder) return [notFound]
        seen.resumes.push(extensions?.['resume'])
        const { documentId } = payload as { documentId?: string }
        return { schema, document: documentOf(documentId ?? ''), variableValues: variables ?? {} }
      },
      onNext: (...[, , , , result]) => {
        const counts = result.data?.['occupancyChanged'] as { seq: number } | undefined
        if (knowsResume) return { data: result.data ?? null, extensions: { resume: `at ${counts?.seq}` } }
      },
    },
    sockets,
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    return new Promise((resolve) => http.close(() => resolve()))
  })
  const { port } = http.address() as AddressInfo
  return { url: `ws://127.0.0.1:${port}`, seen, sockets }
}

async function* messages(...values: Occupancy[]): AsyncGenerator<object> {
  for (const value of values) yield { occupancyChanged: value }
  await new Promise((resolve) => closers.push(() => resolve(undefined)))
}

function subscribeAt(url: string) {
  const client = createWebSocketClient({ url, random: () => 0 })
  const seqs: (number | undefined)[] = []
  const states: LiveState[] = []
  const errors: LiveError[] = []
  const unknown = new UnknownDocuments()
  const stop = createSubscribeOccupancy(client, unknown)('evt_1', {
    next: ({ data }) => seqs.push(data?.occupancyChanged?.seq),
    state: (state) => states.push(state),
    error: (error) => errors.push(error),
    complete: () => {},
  })
  closers.push(client.close)
  return { seqs, states, errors, stop, unknown }
}

describe('the subscription to counts', () => {
  it('resumes with afterSeq where the platform knows nothing else', async () => {
    const door = await openDoor((_asked, count) => messages(occupancyAt(count === 1 ? 41 : 42)))
    const { seqs, states } = subscribeAt(door.url)
    await expect.poll(() => seqs).toEqual([41])
    for (const socket of door.sockets.clients) socket.terminate()
    await expect.poll(() => seqs).toEqual([41, 42])
    expect(door.seen.asked[0]).toMatchObject({ eventId: 'evt_1', minIntervalMs: 500 })
    expect(door.seen.asked.map(({ afterSeq }) => afterSeq)).toEqual([undefined, 41])
    expect(states.at(-1)).toMatchObject({ phase: 'live', interruption: { outcome: 'continued' } })
  })

  it('resumes with the platform’s own position where it gives one', async () => {
    const door = await openDoor((_asked, count) => messages(occupancyAt(count === 1 ? 41 : 42)), {
      knowsResume: true,
    })
    const { seqs } = subscribeAt(door.url)
    await expect.poll(() => seqs).toEqual([41])
    for (const socket of door.sockets.clients) socket.close(1012)
    await expect.poll(() => seqs).toEqual([41, 42])
    expect(door.seen.resumes).toEqual([null, 'at 41'])
    expect(door.seen.asked.map(({ afterSeq }) => afterSeq)).toEqual([undefined, undefined])
  })

  it('goes on when the platform ends it without an error, since counts have no end', async () => {
    async function* once(seq: number) {
      yield { occupancyChanged: occupancyAt(seq) }
    }
    const door = await openDoor((_asked, count) => (count === 1 ? once(1) : messages(occupancyAt(2))))
    const { seqs } = subscribeAt(door.url)
    await expect.poll(() => seqs).toEqual([1, 2])
  })

  it('ends when the platform says that this person may not see them', async () => {
    const refusal = new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } })
    const door = await openDoor(() => refusal)
    const { errors, states } = subscribeAt(door.url)
    await expect.poll(() => errors).toMatchObject([{ code: 'FORBIDDEN' }])
    expect(states.at(-1)).toMatchObject({ phase: 'ended', error: { code: 'FORBIDDEN' } })
  })

  it('sends an id and no text; a platform that does not know it is asked again, and the page says so', async () => {
    const door = await openDoor(() => messages(occupancyAt(1)))
    door.seen.isOlder = true
    const { seqs, errors, unknown } = subscribeAt(door.url)
    await expect.poll(unknown.hasAny).toBe(true)
    door.seen.isOlder = false
    await expect.poll(() => seqs).toEqual([1])
    expect(unknown.hasAny()).toBe(false)
    expect(errors).toEqual([])
    expect(new Set(door.seen.queries)).toEqual(new Set(['']))
  })

  it('closes its connection', async () => {
    const door = await openDoor(() => messages(occupancyAt(1)))
    const { seqs, stop } = subscribeAt(door.url)
    await expect.poll(() => seqs.length).toBe(1)
    stop()
    await expect.poll(() => door.sockets.clients.size).toBe(0)
  })
})
