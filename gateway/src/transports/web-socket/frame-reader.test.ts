import { expect, test } from 'vitest'
import * as ws from 'ws'
import { type FrameListener, FrameReader } from './frame-reader.ts'

/** What a stream of bytes comes to. */
type Event = string

/** The decoder of `ws`, which nothing but its size keeps us from. */
interface Oracle {
  on(name: string, listener: (...values: never[]) => void): void
  write(piece: Buffer): void
}
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Oracle }

const maxBytes = 2_000

function readByUs(pieces: readonly Buffer[]): Event[] {
  const events: Event[] = []
  const listener: FrameListener = {
    onText: (text) => events.push(`text ${text}`),
    onPing: (payload) => events.push(`ping ${payload.toString('hex')}`),
    onPong: () => events.push('pong'),
    onClose: (code) => events.push(`close ${code}`),
    onFault: ({ code }) => events.push(`fault ${code}`),
  }
  const reader = new FrameReader(maxBytes)
  for (const piece of pieces) reader.read(Buffer.from(piece), listener)
  return events
}

async function readByOracle(pieces: readonly Buffer[]): Promise<Event[]> {
  const events: Event[] = []
  const receiver = new Receiver({ isServer: true, maxPayload: maxBytes, allowSynchronousEvents: true })
  receiver.on('message', (message: Buffer, isBinary: boolean) =>
    events.push(isBinary ? 'fault 4400' : `text ${message}`),
  )
  receiver.on('ping', (payload: Buffer) => events.push(`ping ${payload.toString('hex')}`))
  receiver.on('pong', () => events.push('pong'))
  receiver.on('conclude', (code: number) => events.push(`close ${code === 1005 ? undefined : code}`))
  receiver.on('error', (error: Error & Record<symbol, number>) => {
    const [status] = Object.getOwnPropertySymbols(error)
    events.push(`fault ${status && error[status]}`)
  })
  for (const piece of pieces) receiver.write(Buffer.from(piece))
  // A stream tells of its error later.
  await new Promise(setImmediate)
  return events
}

/** The same numbers for the same seed: a failure can be had again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    return ((mixed ^ (mixed >>> 16)) >>> 0) % below
  }
}

type Random = ReturnType<typeof randomOf>

function header(first: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, 0x80 | length])
  if (length < 65_536) return Buffer.from([first, 0xfe, length >> 8, length & 0xff])
  const bytes = Buffer.alloc(10)
  bytes.writeUInt16BE((first << 8) | 0xff)
  bytes.writeBigUInt64BE(BigInt(length), 2)
  return bytes
}

function frame(first: number, payload: Buffer, random: Random): Buffer {
  const mask = Buffer.from([random(256), random(256), random(256), random(256)])
  const masked = payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0))
  return Buffer.concat([header(first, payload.length), mask, masked])
}

const alphabet = ['a', 'é', '€', '😀', '"', '{']

function someText(random: Random): Buffer {
  const size = [0, 1, 20, 130, 700][random(5)] ?? 0
  return Buffer.from(Array.from({ length: size }, () => alphabet[random(alphabet.length)]).join(''))
}

/** A message in one frame or several, with control frames in between. */
function message(random: Random): Buffer[] {
  const bytes = someText(random)
  const count = 1 + random(4)
  const frames: Buffer[] = []
  for (let at = 0; at < count; at += 1) {
    const part = bytes.subarray((bytes.length * at) / count, (bytes.length * (at + 1)) / count)
    const first = (at === 0 ? 1 : 0) | (at === count - 1 ? 0x80 : 0)
    frames.push(frame(first, part, random))
    if (random(4) === 0) frames.push(frame(random(2) ? 0x89 : 0x8a, Buffer.alloc(random(126), 7), random))
  }
  return frames
}

function stream(random: Random): Buffer {
  const frames = Array.from({ length: 1 + random(6) }, () => message(random)).flat()
  if (random(3) === 0) frames.push(frame(0x88, Buffer.from([0x03, 0xe8 + random(16)]), random))
  const bytes = Buffer.concat(frames)
  // Some are broken: a bit here and there is another.
  for (let broken = random(3) === 0 ? 1 + random(3) : 0; broken > 0; broken -= 1) {
    const at = random(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
  }
  return bytes
}

function cut(bytes: Buffer, random: Random): Buffer[] {
  const pieces: Buffer[] = []
  const most = [1, 7, 300, 100_000][random(4)] ?? 1
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random(most)
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

/** `ws` takes binary messages: where we have refused one by its first byte, only what came before counts. */
function expectSame(ours: Event[], theirs: Event[], seed: number): void {
  const end = ours.indexOf('fault 4400')
  const until = end === -1 ? undefined : end
  expect({ seed, events: ours.slice(0, until) }).toEqual({ seed, events: theirs.slice(0, until) })
}

test('reads 4,000 streams of frames, good and broken, cut anywhere, as ws reads them', async () => {
  const kinds = new Set<string>()
  for (let seed = 1; seed <= 4_000; seed += 1) {
    const random = randomOf(seed)
    const pieces = cut(stream(random), random)
    const ours = readByUs(pieces)
    expectSame(ours, await readByOracle(pieces), seed)
    for (const event of ours) kinds.add(event.split(' ', event.startsWith('fault') ? 2 : 1).join(' '))
  }
  // The streams were of all kinds, or this test says little.
  expect([...kinds].sort()).toEqual(
    ['close', 'fault 1002', 'fault 1007', 'fault 1009', 'ping', 'pong', 'text'].sort(),
  )
})

test('reads 4,000 streams of noise as ws reads them', async () => {
  for (let seed = 1; seed <= 4_000; seed += 1) {
    const random = randomOf(seed)
    const bytes = Buffer.from(Array.from({ length: 1 + random(60) }, () => random(256)))
    // Noise that begins with a frame that is right goes further.
    const begun = random(2) ? Buffer.concat([frame(0x81, someText(random), random), bytes]) : bytes
    const pieces = cut(begun, random)
    expectSame(readByUs(pieces), await readByOracle(pieces), seed)
  }
})

test('a message that comes byte by byte takes no more memory than twice its size, and no more time than its size is worth', () => {
  const size = 262_144
  const reader = new FrameReader(size)
  const texts: number[] = []
  const listener = { onText: (text: string) => texts.push(text.length) } as unknown as FrameListener
  const bytes = frame(0x81, Buffer.alloc(size, 'x'), randomOf(1))
  const startedAt = performance.now()
  for (let at = 0; at < bytes.length - 1; at += 1) reader.read(bytes.subarray(at, at + 1), listener)
  const { held } = reader as unknown as { held: { bytes: Buffer } }
  expect(held.bytes.length).toBeLessThanOrEqual(size + 14)
  reader.read(bytes.subarray(-1), listener)
  expect(texts).toEqual([size])
  // Copied anew for each byte it would take a minute.
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})

test('what was announced takes no memory before it comes', () => {
  const reader = new FrameReader(2 ** 30)
  const listener = {} as FrameListener
  reader.read(Buffer.concat([header(0x81, 2 ** 30), Buffer.alloc(14)]), listener)
  const { held } = reader as unknown as { held: { bytes: Buffer } }
  expect(held.bytes.length).toBeLessThan(2_000)
})
