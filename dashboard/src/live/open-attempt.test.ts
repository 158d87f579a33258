import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, GraphQLError } from 'graphql'
import { useServer as serveSockets } from 'graphql-ws/use/ws'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { occupancyAt } from '../../test/occupancy.ts'
import type { Problem } from '../graph/answer.ts'
import type { Occupancy } from './occupancy.ts'
import { createOpenAttempt } from './open-attempt.ts'

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
  for (const close of closers.splice(0)) await close()
})

/** A WebSocket door as the platform's: takes one token at the start and others by ping. */
async function openDoor(
  answer: (asked: Asked) => AsyncIterable<object> | Error,
  accepts = (token: unknown) => token !== 'bad',
) {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  const seen = { tokens: [] as unknown[], asked: [] as Asked[], connections: 0 }
  sockets.on('connection', () => void seen.connections++)
  serveSockets(
    {
      schema,
      roots: {
        subscription: {
          occupancyChanged: (asked: Asked) => {
            seen.asked.push(asked)
            const outcome = answer(asked)
            if (outcome instanceof Error) throw outcome
            return outcome
          },
        },
      },
      onConnect: ({ connectionParams }) => {
        seen.tokens.push(connectionParams?.['accessToken'])
        return accepts(connectionParams?.['accessToken'])
      },
    },
    sockets,
  )
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data))
      if (message.type === 'ping') seen.tokens.push(message.payload.accessToken)
    })
  })
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

function attemptAt(url: string, { token = 'first', afterSeq }: { token?: string; afterSeq?: number } = {}) {
  let renew: (accessToken: string) => void = () => {}
  let current = token
  const received: (Occupancy | null | undefined)[] = []
  const ended: (Problem | undefined)[] = []
  const open = createOpenAttempt({
    url,
    eventId: 'evt_1',
    credentials: {
      accessToken: async () => current,
      onAccessToken: (listener) => {
        renew = (accessToken) => {
          current = accessToken
          listener(accessToken)
        }
        return () => {
          renew = () => {}
        }
      },
    },
  })
  const close = open(afterSeq, {
    onMessage: (message) => received.push(message),
    onEnd: (problem) => ended.push(problem),
  })
  closers.push(close)
  return { received, ended, close, renew: (accessToken: string) => renew(accessToken) }
}

describe('an attempt', () => {
  it('resumes after a seq and hands on what comes', async () => {
    const door = await openDoor(() => messages(occupancyAt(42)))
    const attempt = attemptAt(door.url, { afterSeq: 41 })
    await expect.poll(() => attempt.received).toMatchObject([{ seq: 42, reset: false }])
    expect(door.seen.asked).toMatchObject([{ eventId: 'evt_1', afterSeq: 41 }])
  })

  it('brings each new token to the connection that it has', async () => {
    const door = await openDoor(() => messages(occupancyAt(1)))
    const attempt = attemptAt(door.url)
    await expect.poll(() => attempt.received.length).toBe(1)
    attempt.renew('second')
    attempt.renew('third')
    await expect.poll(() => door.seen.tokens).toEqual(['first', 'second', 'third'])
    expect(door.seen.connections).toBe(1)
  })

  it('ends as FORBIDDEN when the platform says so', async () => {
    const refusal = new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } })
    const door = await openDoor(() => refusal)
    const attempt = attemptAt(door.url)
    await expect.poll(() => attempt.ended).toMatchObject([{ code: 'FORBIDDEN' }])
  })

  it('ends as UNAUTHENTICATED when the token is not taken', async () => {
    const door = await openDoor(() => messages())
    const attempt = attemptAt(door.url, { token: 'bad' })
    await expect.poll(() => attempt.ended).toMatchObject([{ code: 'UNAUTHENTICATED' }])
  })

  it.each([1000, 1001, 1012])(
    'ends, and does not subscribe again by itself, when the platform closes with %i',
    async (code) => {
      const door = await openDoor(() => messages(occupancyAt(1)))
      const attempt = attemptAt(door.url)
      await expect.poll(() => attempt.received.length).toBe(1)
      for (const socket of door.sockets.clients) socket.close(code)
      await expect.poll(() => attempt.ended.length).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(door.seen.asked).toHaveLength(1)
    },
  )

  it('ends as unreachable where nothing listens', async () => {
    const attempt = attemptAt('ws://127.0.0.1:9')
    await expect.poll(() => attempt.ended).toMatchObject([{ code: 'UNREACHABLE' }])
  })

  it('closes its connection', async () => {
    const door = await openDoor(() => messages(occupancyAt(1)))
    const attempt = attemptAt(door.url)
    await expect.poll(() => attempt.received.length).toBe(1)
    attempt.close()
    await expect.poll(() => door.sockets.clients.size).toBe(0)
  })
})
