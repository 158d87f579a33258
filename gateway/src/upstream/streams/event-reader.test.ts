import { expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'

const text =
  '\uFEFF: sign of life\r\nevent: next\r\ndata: {"a":\ndata:1}\r\rdata\n\nid: 7\n\nevent: complete\n\n'
const events = [
  { name: 'next', data: '{"a":\n1}' },
  { name: 'message', data: '' },
  { name: 'complete', data: '' },
]

test('reads every kind of line break, comments, and data of several lines', () => {
  expect(new EventReader(1_000).read(Buffer.from(text))).toEqual(events)
})

test('reads the same wherever the pieces are cut', () => {
  const bytes = Buffer.from(text.replace('1}', '"ü€😀"}'))
  const whole = new EventReader(1_000).read(bytes)
  for (let at = 0; at <= bytes.length; at += 1) {
    const reader = new EventReader(1_000)
    expect([...reader.read(bytes.subarray(0, at)), ...reader.read(bytes.subarray(at))]).toEqual(whole)
  }
})

test.each([
  ['one line', `data: ${'x'.repeat(200)}`],
  ['many lines', 'data: 0123456789\n'.repeat(20)],
  ['empty lines', 'data\n'.repeat(200)],
])('an event of more characters than the limit, in %s, is an error', (_title, long) => {
  const reader = new EventReader(100)
  expect(() => reader.read(Buffer.from(long))).toThrow('100')
})

test('events together may be longer than the limit', () => {
  const reader = new EventReader(100)
  const one = `data: ${'x'.repeat(80)}\n\n`
  expect(reader.read(Buffer.from(one.repeat(5)))).toHaveLength(5)
})
