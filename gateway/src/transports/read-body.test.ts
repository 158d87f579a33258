import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { Cancellation } from '../cancellation.ts'
import { readBody } from './read-body.ts'

function requestOf(length: number): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.headers = { 'content-length': String(length) }
  return request
}

const options = () => ({ limitBytes: 100, cancellation: new Cancellation() })

it('reads a body that came with its head, without listening', async () => {
  const request = requestOf(2)
  const body = readBody(request, options())
  request.push('{}')
  expect(await body).toBe('{}')
  expect(request.eventNames()).toEqual([])
})

it('reads a body that comes in several pieces, the first of them with its head', async () => {
  const request = requestOf(7)
  const body = readBody(request, options())
  request.push('{"')
  await new Promise(setImmediate)
  request.push('a":')
  request.push('1}')
  expect(await body).toBe('{"a":1}')
})

it('hears of a client that leaves after the last byte, so that its error ends nothing', async () => {
  const request = requestOf(4)
  const body = readBody(request, options())
  request.push('{')
  await new Promise(setImmediate)
  request.push(' }\n')
  expect(await body).toBe('{ }\n')
  expect(() => request.emit('error', new Error('aborted'))).not.toThrow()
})

it('says so where the client has gone before the first byte', async () => {
  const request = requestOf(2)
  const body = readBody(request, options())
  request.destroy()
  await expect(body).rejects.toMatchObject({ message: 'The body ended before its end.' })
})
