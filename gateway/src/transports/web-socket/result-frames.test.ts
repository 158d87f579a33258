import { expect, test } from 'vitest'
import { LiveText } from '../../live/live-text.ts'
import { ResultFrames } from './result-frames.ts'

const results = [0, 1, 40, 200, 70_000].map(
  (size, seq) => new LiveText(JSON.stringify({ data: { é: 'x'.repeat(size) } }), seq),
)
const prefixes = ['1', '2', 'a longer one', 'another one!', '\\u00e9'].map((id) => `{"id":"${id}"`)

/** The text of an unmasked frame. */
function textOf(frame: Buffer): string {
  const second = frame[1] ?? 0
  const start = second < 126 ? 2 : second === 126 ? 4 : 10
  const size = second < 126 ? second : second === 126 ? frame.readUInt16BE(2) : frame.readUInt32BE(6)
  expect(frame[0]).toBe(0x81)
  expect(frame.length).toBe(start + size)
  return frame.toString('utf8', start)
}

test('each frame is its own subscriber’s and its own result’s, whatever frame was made before', () => {
  const frames = new ResultFrames()
  for (let round = 0; round < 2_000; round += 1) {
    const prefix = prefixes[(round * 7 + (round >> 3)) % prefixes.length] ?? ''
    const result = results[(round >> 2) % results.length] ?? results[0]
    if (!result) throw new Error('no result')
    expect(textOf(frames.of(prefix, result))).toBe(`${prefix},"type":"next","payload":${result.json}}`)
    if (round % 5 === 0) frames.giveAway()
  }
})

test('a frame that a socket still has to write stays as it is', () => {
  const [one, , other] = results
  if (!one || !other) throw new Error('no results')
  const frames = new ResultFrames()
  const waiting = frames.of('{"id":"1"', one)
  frames.giveAway()
  const before = Buffer.from(waiting)
  frames.of('{"id":"2"', one)
  frames.of('{"id":"2"', other)
  expect(waiting).toEqual(before)
})

test('the bytes of a result are made once, and its frame is used again', () => {
  const [, one] = results
  if (!one) throw new Error('no results')
  const frames = new ResultFrames()
  const first = frames.of('{"id":"1"', one)
  const { message } = one
  expect(frames.of('{"id":"2"', one)).toBe(first)
  new ResultFrames().of('{"id":"3"', one)
  expect(one.message).toBe(message)
})
