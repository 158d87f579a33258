import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import type { Gateway } from '../src/gateway.ts'
import { serveGateway } from '../src/server.ts'

/** A gateway that answers its own path, and notes how it is ended. */
function stand(): { gateway: Gateway; ended: string[] } {
  const ended: string[] = []
  const gateway: Gateway = {
    handle: async (request, response) => void response.end(`graphql ${request.url}`),
    upgrade: (_request, socket) => socket.destroy(),
    problems: () => ['own'],
    keys: async () => ({ keys: [] }),
    viewerOf: async () => undefined,
    metrics: async () => 'own 1\n',
    swap: async () => {},
    drain: async (limitMs) => void ended.push(`drained ${limitMs}`),
    close: async () => void ended.push('closed'),
  }
  return { gateway, ended }
}

const address = { host: '127.0.0.1', port: 0, drainTimeoutMs: 70 }

test('GraphQL is at the path that was asked for and nowhere else, with whatever follows a question mark', async () => {
  const { gateway, ended } = stand()
  const serving = await serveGateway(gateway, { ...address, path: '/api/graph' })
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${serving.port}${path}`)
    return [response.status, await response.text()]
  }
  expect(await get('/api/graph')).toEqual([200, 'graphql /api/graph'])
  expect(await get('/api/graph?query=x')).toEqual([200, 'graphql /api/graph?query=x'])
  expect((await get('/graphql'))[0]).toBe(404)
  expect(await get('/health/ready')).toEqual([503, '{"status":"not ready","notReady":["own"]}'])
  expect(await get('/metrics')).toEqual([200, 'own 1\n'])
  await serving.stop()
  expect(ended).toEqual(['drained 70', 'closed'])
})

test('numbers and readiness are those of the whole where there is one', async () => {
  const whole = { metrics: async () => 'all 2\n', problems: async () => [] }
  const serving = await serveGateway(stand().gateway, { ...address, whole })
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${serving.port}${path}`)).text()
  expect(await get('/metrics')).toBe('all 2\n')
  expect(await get('/health/ready')).toBe('{"status":"ready","notReady":[]}')
  await serving.stop()
})

test('numbers that cannot be had are an answer that says so', async () => {
  const metrics = () => Promise.reject(new Error('The other workers cannot be asked.'))
  const whole = { metrics, problems: async () => [] }
  const serving = await serveGateway(stand().gateway, { ...address, whole })
  const response = await fetch(`http://127.0.0.1:${serving.port}/metrics`)
  expect([response.status, await response.text()]).toEqual([
    503,
    '{"message":"The other workers cannot be asked."}',
  ])
  await serving.stop()
})

/** A client that has asked for a long answer and has not read of it yet. */
async function slowReader(drainTimeoutMs: number) {
  const long = Buffer.alloc(30_000_000, 'x')
  const { gateway } = stand()
  const handle: Gateway['handle'] = async (_request, response) => void response.end(long)
  const serving = await serveGateway({ ...gateway, handle }, { ...address, drainTimeoutMs })
  const socket = connect(serving.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\n\r\n')
  await once(socket, 'readable')
  let bytes = socket.read()?.length ?? 0
  const read = async () => {
    socket.on('data', (data) => {
      bytes += data.length
    })
    await new Promise((resolve) => socket.once('close', resolve))
    return bytes >= long.length
  }
  return { serving, read }
}

test('a server that stops gives a slow reader its whole answer', async () => {
  const { serving, read } = await slowReader(5_000)
  const stopped = serving.stop()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await read()).toBe(true)
  const startedAt = performance.now()
  await stopped
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('a server that stops cuts off who takes too long', async () => {
  const { serving, read } = await slowReader(200)
  const startedAt = performance.now()
  await serving.stop()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  expect(await read()).toBe(false)
})

test('a port that is taken is said with what to do, and the gateway is closed', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { gateway, ended } = stand()
  await expect(serveGateway(gateway, { ...address, port })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is in use. Stop what runs there, or choose another: --port N.`,
  )
  expect(ended).toEqual(['closed'])
  other.close()
})
