import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { connect as connectPlain, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { listen } from './public-server.ts'
import { readTls } from './tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'headcount-public-server-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const host = '127.0.0.1'

/** More than the buffers of both ends of a connection take. */
const long = 'x'.repeat(30_000_000)
const behind = {
  answer: (_req: unknown, res: { end(text: string): unknown }) => void res.end(long),
  gateway: { upgrade: (_req: unknown, socket: Duplex) => void socket.write(long) },
}

async function readRest(socket: Socket): Promise<number> {
  let length = 0
  socket.on('data', (data) => {
    length += data.length
  })
  await once(socket, 'close')
  return length
}

test.each(['http', 'https'])(
  'over %s a slow reader gets all of a large answer though the server stops meanwhile',
  async (scheme) => {
    const options = { choice: 'self', host, dataDirectory: folder, folder }
    const tls = scheme === 'https' ? await readTls(options) : undefined
    const server = await listen(behind, { host, port: 0, tls })
    const { port } = server
    const socket = tls
      ? connectTls({ port, host, ca: tls.authority?.cert, servername: 'localhost' })
      : connectPlain(port, host)
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    await once(socket, 'readable')
    server.closePort()
    const ended = server.end(10_000)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await readRest(socket)).toBeGreaterThan(long.length)
    await ended
  },
)

test('who asks on an open connection after the port was closed is answered, for the last time', async () => {
  const answer = (_req: unknown, res: ServerResponse) => void res.end('done')
  const server = await listen({ ...behind, answer }, { host, port: 0 })
  const socket = connectPlain(server.port, host)
  const ask = async () => {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    return String((await once(socket, 'data'))[0])
  }
  expect(await ask()).toMatch(/\r\nConnection: keep-alive\r\n/)
  server.closePort()
  expect(await ask()).toMatch(/\r\nConnection: close\r\n.*done$/s)
  await once(socket, 'close')
  await server.end(10_000)
})

test('what a WebSocket was sent is written before its connection ends', async () => {
  const server = await listen(behind, { host, port: 0 })
  const socket = connectPlain(server.port, host)
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
  await once(socket, 'readable')
  server.closePort()
  const ended = server.end(10_000)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await readRest(socket)).toBe(long.length)
  await ended
})

test('with TLS it ends connections that idle, and those that never shook hands', async () => {
  const tls = await readTls({ choice: 'self', host, dataDirectory: folder, folder })
  const server = await listen(behind, { host, port: 0, tls })
  const { port } = server
  const silent = connectPlain(port, host)
  const idle = connectTls({ port, host, ca: tls.authority?.cert, servername: 'localhost' })
  await Promise.all([once(silent, 'connect'), once(idle, 'secureConnect')])
  const closed = Promise.all([readRest(silent), readRest(idle)])
  server.closePort()
  await server.end(10_000)
  await closed
})
