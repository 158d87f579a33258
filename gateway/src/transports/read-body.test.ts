import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { Cancellation } from '../cancellation.ts'
import { readBody } from './read-body.ts'

it('hears of a client that leaves after the last byte, so that its error ends nothing', async () => {
  const request = new IncomingMessage(new Socket())
  request.headers = { 'content-length': '2' }
  const body = readBody(request, { limitBytes: 100, cancellation: new Cancellation() })
  request.emit('data', Buffer.from('{}'))
  expect(await body).toBe('{}')
  expect(() => request.emit('error', new Error('aborted'))).not.toThrow()
})
