import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countsGraph } from './counts.ts'
import { closePayload, type FrameBits, RawWebSocket, rawFrame } from './raw-web-socket.ts'
import { type Served, serve } from './support.ts'

const graph = countsGraph()
const messageBytes = 70_000
let served: Served
const clients: RawWebSocket[] = []

beforeAll(async () => {
  served = await serve(graph.all, 'in-process', { limits: { messageBytes } })
})
afterAll(() => served.close())
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
})

async function open(): Promise<RawWebSocket> {
  const client = new RawWebSocket(served.url)
  clients.push(client)
  await client.shake()
  return client
}

const text = 0x81
const textBegins = 0x01
const goesOn = 0x00
const ends = 0x80
const binary = 0x82
const close = 0x88
const ping = 0x89
const pong = 0x8a

/** A message that is answered with itself: a `pong` with the same payload. */
const echo = (payload: string) => JSON.stringify({ type: 'ping', payload: { payload } })
const echoed = (payload: string) => ({ type: 'pong', payload: { payload } })

describe('messages', () => {
  test.each([0, 50, 125, 126, 1_000, 65_535, 65_536, 69_000])(
    'of %i characters go both ways whole',
    async (size) => {
      const client = await open()
      const payload = 'é'.repeat(size / 2)
      client.send(rawFrame(echo(payload)))
      const frame = await client.frame()
      expect(frame).toMatchObject({ first: text, isMasked: false })
      expect(JSON.parse(String(frame.payload))).toEqual(echoed(payload))
    },
  )

  test('may come in frames of any length, empty ones too', async () => {
    const client = await open()
    const bytes = Buffer.from(echo('häppchenweise'))
    client.send(rawFrame('', { first: textBegins }))
    for (const byte of bytes) client.send(rawFrame(Buffer.from([byte]), { first: goesOn }))
    client.send(rawFrame('', { first: goesOn }))
    client.send(rawFrame('', { first: ends }))
    expect(await client.heard()).toEqual(echoed('häppchenweise'))
  })

  test('may come byte by byte', async () => {
    const client = await open()
    for (const byte of rawFrame(echo('slow'))) {
      client.send(Buffer.from([byte]))
      await new Promise(setImmediate)
    }
    expect(await client.heard()).toEqual(echoed('slow'))
  })

  test('several in one piece are answered in their order', async () => {
    const client = await open()
    client.send(Buffer.concat(['1', '2', '3'].map((one) => rawFrame(echo(one)))))
    for (const one of ['1', '2', '3']) expect(await client.heard()).toEqual(echoed(one))
  })
})

describe('control frames', () => {
  test('a ping is answered by a pong with its payload, between fragments too', async () => {
    const client = await open()
    const [one, two] = [echo('whole').slice(0, 9), echo('whole').slice(9)]
    client.send(rawFrame(one, { first: textBegins }))
    client.send(rawFrame('are you there', { first: ping }))
    client.send(rawFrame('x'.repeat(125), { first: ping }))
    client.send(rawFrame('', { first: pong }))
    client.send(rawFrame(two, { first: ends }))
    expect(await client.frame()).toMatchObject({ first: pong, payload: Buffer.from('are you there') })
    expect(await client.frame()).toMatchObject({ first: pong, payload: Buffer.from('x'.repeat(125)) })
    expect(await client.heard()).toEqual(echoed('whole'))
  })

  test('a pong that nobody asked for is passed over', async () => {
    const client = await open()
    client.send(rawFrame('unasked', { first: pong }))
    client.say(echo('on'))
    expect(await client.heard()).toEqual(echoed('on'))
  })
})

const fault = (
  title: string,
  frames: readonly (FrameBits & { readonly of?: string | Buffer })[],
  code: number,
) => [title, frames, code] as const

describe.each([
  fault('RSV1', [{ first: text | 0x40 }], 1002),
  fault('RSV2', [{ first: text | 0x20 }], 1002),
  fault('RSV3 of a control frame', [{ first: ping | 0x10 }], 1002),
  fault('an unknown data opcode', [{ first: 0x83 }], 1002),
  fault('an unknown control opcode', [{ first: 0x8b }], 1002),
  fault('no mask', [{ isMasked: false, of: echo('bare') }], 1002),
  fault('a ping in fragments', [{ first: 0x09 }], 1002),
  fault('a close in fragments', [{ first: 0x08 }], 1002),
  fault('a ping of 126 bytes', [{ first: ping, of: 'x'.repeat(126) }], 1002),
  fault('a continuation of nothing', [{ first: ends }], 1002),
  fault('a continuation after a whole message', [{ of: echo('1') }, { first: goesOn }], 1002),
  fault('a text within another', [{ first: textBegins }, { first: text }], 1002),
  fault('a binary message within a text', [{ first: textBegins }, { first: binary }], 1002),
  fault('a close of one byte', [{ first: close, of: 'x' }], 1002),
  fault('a close with 999', [{ first: close, of: closePayload(999) }], 1002),
  fault('a close with 1004', [{ first: close, of: closePayload(1004) }], 1002),
  fault('a close with 1005', [{ first: close, of: closePayload(1005) }], 1002),
  fault('a close with 1006', [{ first: close, of: closePayload(1006) }], 1002),
  fault('a close with 1015', [{ first: close, of: closePayload(1015) }], 1002),
  fault('a close with 2999', [{ first: close, of: closePayload(2999) }], 1002),
  fault('a close with 5000', [{ first: close, of: closePayload(5000) }], 1002),
  fault('a reason that is no UTF-8', [{ first: close, of: closePayload(1000, Buffer.from([0xff])) }], 1007),
  fault('text that is no UTF-8', [{ of: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }], 1007),
  fault(
    'half a character at the end',
    [
      { first: textBegins, of: '"' },
      { first: ends, of: Buffer.from([0xc3]) },
    ],
    1007,
  ),
  fault('half of a surrogate pair', [{ of: Buffer.from([0xed, 0xa0, 0x80]) }], 1007),
  fault('a binary message', [{ first: binary, of: echo('bytes') }], 4400),
  fault('the beginning of a binary message', [{ first: 0x02, length: 60_000 }], 4400),
])('%s', (_title, frames, code) => {
  test(`is answered by ${code} and the end of the connection`, async () => {
    const client = await open()
    client.send(Buffer.concat(frames.map(({ of = '', ...bits }) => rawFrame(of, bits))))
    expect(await client.closed()).toMatchObject({ code, reason: expect.stringMatching(/\w/) })
    await client.ended()
  })
})

describe('a message above the limit is refused by its header', () => {
  test.each([
    ['in one frame', [{ length: messageBytes + 1 }]],
    ['of 4 GB', [{ length: 2 ** 32 + 5 }]],
    ['of more than a number can hold', [{ length: 2 ** 53 - 1 }]],
    [
      'in several frames',
      [
        { first: textBegins, of: 'x'.repeat(60_000) },
        { first: goesOn, length: 10_001 },
      ],
    ],
  ])('%s', async (_title, frames: readonly (FrameBits & { readonly of?: string })[]) => {
    const client = await open()
    client.send(Buffer.concat(frames.map(({ of = '', ...bits }) => rawFrame(of, bits))))
    expect(await client.closed()).toMatchObject({ code: 1009 })
    await client.ended()
  })

  test('one of just the limit is taken', async () => {
    const client = await open()
    client.say(`${echo('on')}${' '.repeat(messageBytes - echo('on').length)}`)
    expect(await client.heard()).toEqual(echoed('on'))
  })
})

describe('closing', () => {
  test.each([1000, 1001, 1003, 1011, 1014, 3000, 4999])(
    'with %i is answered by the same code',
    async (code) => {
      const client = await open()
      client.send(rawFrame(closePayload(code, 'bye'), { first: close }))
      expect(await client.closed()).toEqual({ code, reason: '' })
      await client.ended()
    },
  )

  test('without a code is answered without one', async () => {
    const client = await open()
    client.send(rawFrame('', { first: close }))
    expect(await client.closed()).toEqual({ code: undefined, reason: '' })
    await client.ended()
  })

  test('ends what is said: nothing behind it is read', async () => {
    const client = await open()
    client.send(Buffer.concat([rawFrame(closePayload(1000), { first: close }), rawFrame(echo('late'))]))
    expect(await client.frame()).toMatchObject({ opcode: 8 })
    await client.ended()
    expect(client.frames).toEqual([])
  })

  test('by the server waits for the client’s answer, to which nothing but the end is added', async () => {
    const client = await open()
    client.say('nonsense')
    expect(await client.closed()).toMatchObject({ code: 4400 })
    client.send(rawFrame('', { first: ping }))
    client.say(echo('late'))
    expect(client.isEnded).toBe(false)
    client.send(rawFrame(closePayload(4400), { first: close }))
    await client.ended()
    expect(client.frames).toEqual([])
  })

  test('a client that never answers is cut off after 5 seconds', { timeout: 10_000 }, async () => {
    const client = await open()
    client.say('nonsense')
    await client.closed()
    const startedAt = performance.now()
    await client.ended()
    const tookMs = performance.now() - startedAt
    expect(tookMs).toBeGreaterThan(4_500)
    expect(tookMs).toBeLessThan(7_000)
  })

  test('a client that ends its side without a word is let go', async () => {
    const client = await open()
    const startedAt = performance.now()
    client.socket.end()
    await client.ended()
    // Long before it would be closed for not speaking.
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})
