import { expect, test } from 'vitest'
import { LiveText } from '../../live/live-text.ts'
import { completeEvent, nextEvent, nextEventOf, unframed } from './event-text.ts'

test('an event is one chunk, as long in bytes as it says', () => {
  const event = nextEvent(new LiveText('{"data":{"a":"é"}}', 7))
  expect(String(event)).toBe('2d\r\nevent: next\nid: 7\ndata: {"data":{"a":"é"}}\n\n\r\n')
})

test('all who are sent one result are sent the same bytes', () => {
  const result = new LiveText('{"data":{"a":1}}', 7)
  expect(nextEvent(result)).toBe(nextEvent(result))
})

test('a result without a position has no id', () => {
  expect(String(unframed(nextEvent(new LiveText('{}', undefined))))).toBe('event: next\ndata: {}\n\n')
})

test('an event without its frame is its text', () => {
  expect(String(unframed(completeEvent))).toBe('event: complete\ndata:\n\n')
  expect(String(unframed(nextEventOf('a', new LiveText('{"data":null}', 7))))).toBe(
    'event: next\ndata: {"id":"a","payload":{"data":null}}\n\n',
  )
})
