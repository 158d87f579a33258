import { expect, test } from 'vitest'
import { readMessages } from './read-messages.ts'

const first = 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello'
const second =
  'POST /b HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n'
const third = 'GET /c HTTP/1.1\r\nHost: x\r\n\r\n'
const all = Buffer.from(first + second + third)
const expected = [
  ['POST /a HTTP/1.1', 'hello'],
  ['POST /b HTTP/1.1', 'abc0123456789'],
  ['GET /c HTTP/1.1', ''],
]

function readIn(chunkBytes: number): string[][] {
  const read = readMessages()
  const messages: string[][] = []
  for (let at = 0; at < all.length; at += chunkBytes) {
    for (const { head, body } of read(all.subarray(at, at + chunkBytes))) {
      messages.push([head.split('\r\n')[0] ?? '', body.toString()])
    }
  }
  return messages
}

test('several messages in one chunk are read, with a length, in chunks and without a body', () => {
  expect(readIn(all.length)).toEqual(expected)
})

test('a message is whole however its bytes are cut', () => {
  for (let chunkBytes = 1; chunkBytes < all.length; chunkBytes++) expect(readIn(chunkBytes)).toEqual(expected)
})
