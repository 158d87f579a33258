import { expect, test } from 'vitest'
import { LiveText } from '../../live/live-text.ts'
import type { EventConnection } from './event-connection.ts'
import { ReservedStream } from './reserved-stream.ts'

/** A stream over a connection that is full after each event. */
function slow(ids: readonly string[]) {
  const written: string[] = []
  const connection = {
    isFull: true,
    write(event: Buffer) {
      written.push(/"id":"(\w+)"/.exec(String(event))?.[1] ?? '')
      this.isFull = true
    },
  }
  const stream = new ReservedStream(() => {})
  stream.claim()
  stream.open(connection as unknown as EventConnection)
  const operations = ids.map((id) => {
    const operation = stream.add(id)
    operation.started({
      drained: () => {
        if (!operation.isFull) operation.send(new LiveText('{}', 1))
      },
      stop: () => {},
    })
    return operation
  })
  return {
    stream,
    operations,
    written,
    /** The client takes what was written. */
    take() {
      connection.isFull = false
      stream.drained()
    },
  }
}

test('each operation gets its turn where there is never room for more than one event', () => {
  const { take, written } = slow(['a', 'b', 'c'])
  for (let at = 0; at < 6; at += 1) take()
  expect(written).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
})

test('an operation that is over counts until its last event was taken', () => {
  const { stream, operations, take } = slow(['a', 'b'])
  operations[0]?.end(undefined)
  expect(stream.size).toBe(2)
  take()
  expect(stream.size).toBe(1)
})

test('an operation that ends late does not take away another with the same id', () => {
  const { stream, operations } = slow(['a'])
  stream.complete('a')
  const second = stream.add('a')
  operations[0]?.end(undefined)
  stream.drop(operations[0] ?? second)
  expect(stream.has('a')).toBe(true)
})

test('an operation that comes when the client has gone is over at once', () => {
  const { stream } = slow([])
  stream.stop()
  expect(stream.add('a').isStopped).toBe(true)
})
