import { expect, test, vi } from 'vitest'
import { LiveText } from '../../live/live-text.ts'
import type { Connection } from './connection.ts'
import { Operation } from './operation.ts'
import { ResultFrames } from './result-frames.ts'

/** An operation over a connection that says when it is full. */
function begin(id = '1', frames = new ResultFrames()) {
  const sent: unknown[] = []
  const buffers: Buffer[] = []
  const connection = {
    isFull: false,
    send(frame: Buffer) {
      buffers.push(frame)
      sent.push(JSON.parse(frame.toString('utf8', 2).replace(/[^}]*$/, '')))
      return !this.isFull
    },
  }
  const forgotten: string[] = []
  const operation = new Operation(id, {
    connection: connection as unknown as Connection,
    frames,
    forget: (one) => forgotten.push(one.id),
  })
  const subscription = { drained: vi.fn(), stop: vi.fn() }
  return { operation, connection, sent, buffers, forgotten, subscription }
}

const result = new LiveText('{"data":1}', 1)

test('what fills the connection before its subscription is known is told of when it is', () => {
  const { operation, connection, subscription } = begin()
  connection.isFull = true
  operation.send(result)
  expect(operation.isFull).toBe(true)
  connection.isFull = false
  operation.drained()
  operation.begin(subscription)
  expect(subscription.drained).toHaveBeenCalledTimes(1)
})

test('a subscription that has missed nothing is told of nothing', () => {
  const { operation, subscription } = begin()
  operation.send(result)
  operation.begin(subscription)
  expect(subscription.drained).not.toHaveBeenCalled()
})

test('one that has ended before its subscription is known stops that', () => {
  const { operation, sent, forgotten, subscription } = begin()
  const reasons: Error[] = []
  operation.cancellation?.add((reason) => reasons.push(reason))
  operation.stop()
  operation.begin(subscription)
  expect(subscription.stop).toHaveBeenCalledTimes(1)
  expect(reasons).toHaveLength(1)
  expect(forgotten).toEqual(['1'])
  expect(sent).toEqual([])
})

test('nothing is sent after the end, and the end once', () => {
  const { operation, sent, forgotten } = begin()
  operation.end(undefined)
  operation.end([{ message: 'late' }])
  operation.send(result)
  operation.answer({ data: null })
  expect(sent).toEqual([{ id: '1', type: 'complete' }])
  expect(forgotten).toEqual(['1'])
})

test('a frame that its socket still has to write is not made into the next subscriber’s', () => {
  const frames = new ResultFrames()
  const one = begin('1', frames)
  const other = begin('2', frames)
  one.connection.isFull = true
  one.operation.send(result)
  other.operation.send(result)
  expect(String(one.buffers[0])).toContain('"id":"1"')
  expect(String(other.buffers[0])).toContain('"id":"2"')
})
