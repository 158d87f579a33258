import { afterEach, describe, expect, it } from 'vitest'
import { createEventStreamClient, type EventStreamOptions } from '../src/index.ts'
import type { LiveOperation } from '../src/live-client.ts'
import { openEventStreamDoor } from './event-stream-door.ts'
import { type Counts, eventually, noteAll } from './told.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function openDoor(refuses?: Parameters<typeof openEventStreamDoor>[0]) {
  const door = await openEventStreamDoor(refuses)
  closers.push(door.close)
  const stream = async (index: number) => {
    await eventually(() => door.streams.length).toBeGreaterThan(index)
    const asked = door.streams[index]
    if (!asked) throw new Error('Nothing was asked for.')
    return asked
  }
  return { ...door, stream }
}

function watch(options: EventStreamOptions, operation: Partial<LiveOperation<Counts>> = {}) {
  const client = createEventStreamClient({ random: () => 0, ...options })
  closers.push(client.close)
  const told = noteAll()
  const query = 'subscription ($eventId: ID!) { counts(eventId: $eventId) { seq } }'
  const stop = client.subscribe<Counts>({ query, variables: { eventId: 'e1' }, ...operation }, told.sink)
  return { ...told, client, stop }
}

describe('an event stream client', () => {
  it('asks with its token, and resumes after the last id when the connection is cut', async () => {
    const door = await openDoor()
    const { seqs, states } = watch({
      url: door.url,
      accessToken: async () => 'abc',
      headers: { 'x-site': 'a' },
    })
    const first = await door.stream(0)
    expect(first.method).toBe('POST')
    expect(first.headers).toMatchObject({
      accept: 'text/event-stream',
      authorization: 'Bearer abc',
      'x-site': 'a',
    })
    expect(first.headers['last-event-id']).toBeUndefined()
    expect(first.body).toMatchObject({ variables: { eventId: 'e1' }, extensions: { resume: null } })
    first.next(41)
    first.next(42)
    await eventually(seqs).toEqual([41, 42])
    first.response.destroy()
    const second = await door.stream(1)
    expect(second.headers['last-event-id']).toBe('42')
    expect(second.body.extensions).toEqual({ resume: '42' })
    second.next(42)
    await eventually(() => states.at(-1)).toMatchObject({
      phase: 'live',
      interruption: { outcome: 'unchanged' },
    })
  })

  it('comes back when a draining server asks it to, not before', async () => {
    const door = await openDoor()
    const { seqs, ends } = watch({ url: door.url })
    const first = await door.stream(0)
    first.next(1)
    await eventually(seqs).toEqual([1])
    const endedAt = Date.now()
    first.write('retry: 900\n\n')
    first.response.end()
    const second = await door.stream(1)
    expect(Date.now() - endedAt).toBeGreaterThanOrEqual(895)
    expect(second.headers['last-event-id']).toBe('1')
    expect(ends).toEqual([])
  })

  it('gives up a stream that is silent, comments or not', async () => {
    const door = await openDoor()
    const { states } = watch({ url: door.url }, { silenceLimitMs: 250 })
    const first = await door.stream(0)
    const timer = setInterval(() => first.write(':\n\n'), 50)
    closers.push(() => clearInterval(timer))
    await door.stream(1)
    expect(first.isLeft).toBe(true)
    expect(states).toContainEqual(expect.objectContaining({ phase: 'lost' }))
  })

  it('asks for another token when one is not taken, or has ended', async () => {
    const door = await openDoor(({ headers }) =>
      headers.authorization === 'Bearer old' ? { status: 401 } : undefined,
    )
    const asked: (string | undefined)[] = []
    const accessToken = (refused: string | undefined) => {
      asked.push(refused)
      return ['old', 'new', 'newest'][asked.length - 1]
    }
    const { seqs, ends } = watch({ url: door.url, accessToken })
    const second = await door.stream(1)
    second.next(5)
    second.write('event: next\ndata: {"errors":[{"message":"","extensions":{"code":"UNAUTHENTICATED"}}]}\n\n')
    second.write('event: complete\ndata: \n\n')
    const third = await door.stream(2)
    third.next(6)
    await eventually(seqs).toEqual([5, 6])
    expect(asked).toEqual([undefined, 'old', 'new'])
    expect(third.headers).toMatchObject({ authorization: 'Bearer newest', 'last-event-id': '5' })
    expect(ends).toEqual([])
  })

  it.each([
    [403, undefined, 'FORBIDDEN'],
    [404, undefined, 'NOT_FOUND'],
    [400, { errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }] }, 'BAD_USER_INPUT'],
    [200, { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] }, 'FORBIDDEN'],
  ])('does not come back after an answer %i %j', async (status, body, code) => {
    const door = await openDoor(() => ({ status, ...(body && { body }) }))
    const { ends, states } = watch({ url: door.url })
    await eventually(() => ends).toMatchObject([{ code }])
    expect(states.at(-1)).toMatchObject({ phase: 'ended', error: { code } })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(door.streams).toHaveLength(1)
  })

  it('waits as long as a full server asks', async () => {
    let isFull = true
    const door = await openDoor(() => (isFull ? { status: 503, headers: { 'retry-after': '1' } } : undefined))
    watch({ url: door.url })
    await door.stream(0)
    const askedAt = Date.now()
    isFull = false
    await door.stream(1)
    expect(Date.now() - askedAt).toBeGreaterThanOrEqual(900)
  })

  it('comes back after an answer that is nothing of ours', async () => {
    const door = await openDoor(() => ({ status: 502, headers: { 'content-type': 'text/html' } }))
    const { states } = watch({ url: door.url })
    await door.stream(1)
    expect(states).toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({
          message: 'The server answered 502 (text/html), not 200 with text/event-stream.',
        }),
      }),
    )
  })

  it('ends with complete, with the error before it, and with 204', async () => {
    const door = await openDoor(({ url }) => (url.pathname === '/204' ? { status: 204 } : undefined))
    const whole = watch({ url: door.url })
    const first = await door.stream(0)
    first.next(1)
    first.write('event: complete\ndata: \n\n')
    await eventually(() => whole.ends).toEqual(['complete'])
    const failed = watch({ url: door.url })
    const second = await door.stream(1)
    second.write(
      'event: next\ndata: {"errors":[{"message":"","extensions":{"code":"DEADLINE_EXCEEDED"}}]}\n\n',
    )
    second.write('event: complete\ndata: \n\n')
    await door.stream(2) // may pass: tried again
    failed.stop()
    const none = watch({ url: new URL('/204', door.url).href })
    await eventually(() => none.ends).toEqual(['complete'])
  })

  it('leaves out a query that is named by its hash', async () => {
    const door = await openDoor()
    watch({ url: door.url }, { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } })
    const { body } = await door.stream(0)
    expect(body).not.toHaveProperty('query')
    expect(body.extensions).toMatchObject({ persistedQuery: { sha256Hash: 'abc' }, resume: null })
  })

  it('asks for a document that the server knows by its id, without a text', async () => {
    const door = await openDoor()
    watch({ url: door.url }, { query: undefined, documentId: 'sha256:abc' })
    const { body } = await door.stream(0)
    expect(body).toEqual({
      documentId: 'sha256:abc',
      variables: { eventId: 'e1' },
      extensions: { resume: null },
    })
  })

  it('closes its request', async () => {
    const door = await openDoor()
    const { stop } = watch({ url: door.url })
    const first = await door.stream(0)
    stop()
    await eventually(() => first.isLeft).toBe(true)
  })
})
