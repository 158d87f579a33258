import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePorts } from './free-ports.ts'
import { unreachable } from './reach.ts'

test('an address where somebody listens is no problem', async () => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect(await unreachable('NATS_URL', `nats://127.0.0.1:${port}`)).toEqual([])
  server.close()
})

test('an address where nobody listens is named with its setting, and its password is not shown', async () => {
  const [port] = await freePorts(1)
  const [sentence = '', ...more] = await unreachable('REDIS_URL', `redis://me:hunter2@127.0.0.1:${port}`)
  expect(more).toEqual([])
  expect(sentence).toContain(`REDIS_URL names 127.0.0.1:${port}`)
  expect(sentence).not.toContain('hunter2')
})
