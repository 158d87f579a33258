import { createServer, type Socket } from 'node:net'
import type { Client, Sink } from 'graphql-ws'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createWebSocketClient, type WebSocketOptions } from '../src/graphql-ws.ts'
import type { LiveOperation } from '../src/live-client.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { type Counts, eventually, noteAll, placed } from './told.ts'
import { openWebSocketDoor } from './web-socket-door.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function openDoor(rules?: Parameters<typeof openWebSocketDoor>[0]) {
  const door = await openWebSocketDoor(rules)
  closers.push(door.close)
  const operation = async (index: number) => {
    await eventually(() => door.seen.operations.length).toBeGreaterThan(index)
    const asked = door.seen.operations[index]
    if (!asked) throw new Error('Nothing was asked for.')
    return asked
  }
  return { ...door, operation }
}

/** Waits are short here: half of each is drawn at the least. */
function watch(
  options: WebSocketOptions,
  operation: Partial<LiveOperation<Counts>> = {},
  client = createWebSocketClient({ random: () => 0, ...options }),
) {
  closers.push(client.close)
  const told = noteAll()
  const stop = client.subscribe<Counts>({ query: 'subscription { counts { seq } }', ...operation }, told.sink)
  return { ...told, client, stop }
}

describe.each([
  ['the platform’s WebSocket', undefined],
  ['the package ws', WebSocket],
])('over %s', (_name, webSocketImpl) => {
  const implementation = webSocketImpl ? { webSocketImpl } : {}

  it('resumes after the last position when the socket is cut', async () => {
    const door = await openDoor()
    const { seqs, states, phases } = watch({ url: door.url, ...implementation })
    const first = await door.operation(0)
    expect(first.payload.extensions).toEqual({ resume: null })
    first.send('next', placed(41))
    first.send('next', placed(42))
    await eventually(seqs).toEqual([41, 42])
    first.socket.terminate()
    const second = await door.operation(1)
    expect(second.payload.extensions).toEqual({ resume: '42' })
    second.send('next', placed(45))
    await eventually(seqs).toEqual([41, 42, 45])
    expect(phases()).toEqual(['connecting', 'live', 'lost', 'lost', 'live'])
    expect(states.at(-1)).toMatchObject({ interruption: { outcome: 'continued' } })
  })

  it('comes back when a draining server asks it to, not before', async () => {
    const door = await openDoor()
    const { seqs, states } = watch({ url: door.url, ...implementation })
    const first = await door.operation(0)
    first.send('next', placed(1))
    await eventually(seqs).toEqual([1])
    const closedAt = Date.now()
    first.socket.close(1001, 'Going away; retryAfterMs=900')
    await door.operation(1)
    expect(Date.now() - closedAt).toBeGreaterThanOrEqual(895)
    expect(states.at(-1)).toMatchObject({ phase: 'lost' })
  })

  it('gives up a server that says nothing, and one that does not even open', async () => {
    const held: Socket[] = []
    const mute = createServer((socket) => void held.push(socket))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    closers.push(() => {
      for (const socket of held) socket.destroy()
      mute.close()
    })
    const { port } = mute.address() as { port: number }
    const url = `ws://127.0.0.1:${port}/graphql`
    const { states } = watch({ url, ...implementation }, { silenceLimitMs: 150 })
    await eventually(() => held.length).toBeGreaterThan(1)
    expect(states).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ message: 'Nothing came for 0.15 s.' }) }),
    )
    const door = await openDoor({ isMute: true })
    watch({ url: door.url, ...implementation }, { silenceLimitMs: 150 })
    await eventually(() => door.seen.connections).toBeGreaterThan(1)
  })

  it('closes its socket with the last subscription, also one that is not open yet', async () => {
    const door = await openDoor()
    const early = watch({ url: door.url, ...implementation })
    early.stop()
    const { stop } = watch({ url: door.url, ...implementation })
    await door.operation(0)
    stop()
    await eventually(() => door.sockets.clients.size).toBe(0)
  })
})

describe('a WebSocket client', () => {
  it('can stand in the place of graphql-ws’s own client', async () => {
    const door = await openDoor()
    const client = createWebSocketClient({ url: door.url })
    closers.push(client.close)
    const subscribe: Client['subscribe'] = client.subscribe
    const values: unknown[] = []
    const sink: Sink = { next: (value) => values.push(value), error: () => {}, complete: () => {} }
    subscribe({ query: 'subscription { counts { seq } }' }, sink)
    const first = await door.operation(0)
    first.send('next', placed(1))
    await eventually(() => values).toEqual([placed(1)])
  })

  it('asks for a document that the server knows by its id, with the empty text that the protocol wants', async () => {
    const door = await openDoor()
    watch({ url: door.url }, { query: undefined, documentId: 'sha256:abc' })
    const { payload } = await door.operation(0)
    expect(payload).toEqual({ query: '', documentId: 'sha256:abc', extensions: { resume: null } })
  })

  it.each([1000, 1006, 1011, 1012, 4500])('resumes, once, after a close with %i', async (code) => {
    const door = await openDoor()
    const { seqs } = watch({ url: door.url })
    const first = await door.operation(0)
    first.send('next', placed(1))
    await eventually(seqs).toEqual([1])
    if (code === 1006) first.socket.terminate()
    else first.socket.close(code)
    const second = await door.operation(1)
    expect(second.payload.extensions).toEqual({ resume: '1' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(door.seen.operations).toHaveLength(2)
  })

  it.each([1009, 4400, 4429])('does not come back after a close with %i', async (code) => {
    const door = await openDoor()
    const { ends } = watch({ url: door.url })
    const first = await door.operation(0)
    first.socket.close(code, 'why')
    await eventually(() => ends).toMatchObject([{ code: 'BAD_REQUEST' }])
    expect(String(ends[0])).toContain(`${code} why`)
  })

  it('says when the server starts over, and what is missing of a log', async () => {
    const door = await openDoor()
    const { deliveries } = watch({ url: door.url })
    const first = await door.operation(0)
    first.send('next', placed(90))
    first.send('next', { extensions: { resume: '95', gap: { afterSeq: 90, beforeSeq: 95 } } })
    first.send('next', placed(2, { reset: true }))
    await eventually(() => deliveries).toEqual([
      { position: '90', isReset: false, gap: undefined },
      { position: '95', isReset: false, gap: { afterSeq: 90, beforeSeq: 95 } },
      { position: '2', isReset: true, gap: undefined },
    ])
  })

  it('asks for another token when one has ended, and resumes with it', async () => {
    const door = await openDoor()
    const asked: (string | undefined)[] = []
    const accessToken = async (refused: string | undefined) => {
      asked.push(refused)
      return `token ${asked.length}`
    }
    const { seqs, ends } = watch({ url: door.url, accessToken })
    const first = await door.operation(0)
    first.send('next', placed(7))
    first.send('error', [{ message: 'ended', extensions: { code: 'UNAUTHENTICATED' } }])
    const second = await door.operation(1)
    expect(second.payload.extensions).toEqual({ resume: '7' })
    second.send('next', placed(8))
    await eventually(seqs).toEqual([7, 8])
    expect(asked).toEqual([undefined, 'token 1'])
    expect(door.seen.tokens).toEqual(['token 1', 'token 2'])
    expect(ends).toEqual([])
  })

  it('asks for another token when the first one is not taken', async () => {
    const door = await openDoor({ admits: (token) => token !== 'old' })
    watch({ url: door.url, accessToken: (refused) => (refused === 'old' ? 'new' : 'old') })
    await door.operation(0)
    expect(door.seen.tokens).toEqual(['old', 'new'])
  })

  it('brings a newer token to the connection that it has', async () => {
    const door = await openDoor()
    const { client } = watch({ url: door.url, accessToken: () => 'first' })
    client.renew('second')
    await eventually(() => door.seen.tokens).toEqual(['first', 'second'])
    client.renew('second')
    client.renew('third')
    await eventually(() => door.seen.tokens).toEqual(['first', 'second', 'third'])
    expect(door.seen.connections).toBe(1)
  })

  it('does not take a newer token for refused that crossed with the end of the old one', async () => {
    const door = await openDoor()
    const refusals: (string | undefined)[] = []
    const tokens = ['old', 'newer']
    const accessToken = (refused: string | undefined) => {
      refusals.push(refused)
      return tokens[refusals.length - 1]
    }
    const { client } = watch({ url: door.url, accessToken })
    const first = await door.operation(0)
    client.renew('newer')
    first.send('error', [{ message: 'ended', extensions: { code: 'UNAUTHENTICATED' } }])
    await door.operation(1)
    expect(refusals).toEqual([undefined, 'old'])
  })

  it('waits where no token can be had, and asks again', async () => {
    const door = await openDoor()
    let asked = 0
    const { states } = watch({ url: door.url, accessToken: () => (++asked < 3 ? undefined : 'good') })
    await door.operation(0)
    expect(asked).toBe(3)
    expect(states).toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({ message: 'No access token can be had at the moment.' }),
      }),
    )
  })

  it('ends what the server forbids, and leaves the others on the socket alone', async () => {
    const door = await openDoor()
    const one = watch({ url: door.url })
    const other = watch({ url: door.url }, {}, one.client)
    const first = await door.operation(0)
    const second = await door.operation(1)
    second.send('next', placed(1))
    first.send('error', [{ message: 'no', extensions: { code: 'FORBIDDEN' } }])
    await eventually(() => one.ends).toMatchObject([{ code: 'FORBIDDEN', errors: [{ message: 'no' }] }])
    second.send('next', placed(2))
    await eventually(other.seqs).toEqual([1, 2])
    expect(door.seen.connections).toBe(1)
  })

  it('opens a silent subscription again over a socket that brings others something', async () => {
    const door = await openDoor()
    const silent = watch({ url: door.url }, { silenceLimitMs: 300 })
    const busy = watch({ url: door.url }, {}, silent.client)
    await door.operation(0)
    const second = await door.operation(1)
    const timer = setInterval(() => second.send('next', placed(1)), 50)
    closers.push(() => clearInterval(timer))
    const again = await door.operation(2)
    expect(again.socket).toBe(second.socket)
    expect(door.seen.operations[0]?.isTakenBack).toBe(true)
    expect(busy.phases()).toEqual(['connecting', 'live'])
  })

  it('leaves alone what was let in and may be silent, also beside others', async () => {
    const door = await openDoor()
    const clock = new ManualClock()
    const patient = watch({ url: door.url, clock }, { silenceLimitMs: Number.POSITIVE_INFINITY })
    await door.operation(0)
    watch({ url: door.url }, { silenceLimitMs: Number.POSITIVE_INFINITY }, patient.client)
    await door.operation(1)
    await clock.move(60_000)
    expect(patient.phases()).toEqual(['connecting'])
    expect(door.seen.operations).toHaveLength(2)
  })

  it('tells a server’s complete, and takes its own subscription back', async () => {
    const door = await openDoor()
    const one = watch({ url: door.url })
    const other = watch({ url: door.url }, {}, one.client)
    const first = await door.operation(0)
    const second = await door.operation(1)
    first.send('complete')
    await eventually(() => one.ends).toEqual(['complete'])
    const third = watch({ url: door.url }, {}, one.client)
    other.stop()
    await eventually(() => second.isTakenBack).toBe(true)
    third.stop()
  })

  it('finds a server that is not there yet', async () => {
    const gone = await openWebSocketDoor()
    await gone.close()
    const { states, seqs } = watch({ url: gone.url })
    await eventually(() => states.at(-1)).toMatchObject({ phase: 'lost' })
    expect(states.at(-1)).toMatchObject({ error: { code: 'UNREACHABLE' } })
    expect(seqs()).toEqual([])
  })
})
