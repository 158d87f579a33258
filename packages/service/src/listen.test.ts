import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listen } from './listen.ts'
import type { Route } from './service.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** A client that has connected, with all that it is sent from when it begins to read. */
async function client(port: number) {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return {
    ask: () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'),
    until: (event: string) => once(socket, event),
    async readAll() {
      let text = ''
      socket.on('data', (data) => {
        text += data
      })
      if (!socket.closed) await once(socket, 'close')
      return text
    },
  }
}

const start = (answer: Route) => listen(answer, { host: '127.0.0.1', port: 0 })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** More than the buffers of both ends of a connection take. */
const long = 'x'.repeat(30_000_000)

test('a slow reader gets the whole of a large answer though the server stops meanwhile', async () => {
  const { port, stop } = await start((_req, res) => void res.end(long))
  const slow = await client(port)
  slow.ask()
  await slow.until('readable')
  let isStopped = false
  const stopped = stop(10_000).then(() => {
    isStopped = true
  })
  await pause(200)
  expect(isStopped).toBe(false)
  expect((await slow.readAll()).endsWith(`\r\n\r\n${long}`)).toBe(true)
  await stopped
})

test('who reads nothing is cut off when the time is over', async () => {
  const { port, stop } = await start((_req, res) => void res.end(long))
  const slow = await client(port)
  slow.ask()
  await slow.until('readable')
  await stop(200)
  expect((await slow.readAll()).length).toBeLessThan(long.length)
})

test('an answer that is under way is finished, and is the last of its connection; nobody else gets in', async () => {
  let answer = () => {}
  const { port, stop } = await start((_req, res) => {
    answer = () => void res.end('done')
  })
  const [asking, idle] = [await client(port), await client(port)]
  asking.ask()
  await pause(50)
  const stopped = stop(10_000)
  expect(await idle.readAll()).toBe('')
  await expect(client(port)).rejects.toThrow('ECONNREFUSED')
  answer()
  const text = await asking.readAll()
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(text).toMatch(/\r\nConnection: close\r\n/)
  expect(text).toMatch(/done$/)
  await stopped
})

test('an answer that is written in pieces, with pauses between them, is not cut between two', async () => {
  const { port, stop } = await start(async (_req, res) => {
    for (const piece of ['one ', 'two ', 'three']) {
      res.write(piece)
      await pause(100)
    }
    res.end()
  })
  const asking = await client(port)
  asking.ask()
  await asking.until('readable')
  const stopped = stop(10_000)
  expect(await asking.readAll()).toMatch(/one .*two .*three.*0\r\n\r\n$/s)
  await stopped
})

test('a port that is taken is refused', async () => {
  const { port, stop } = await start((_req, res) => void res.end())
  await expect(listen(() => {}, { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE')
  await stop(100)
})
