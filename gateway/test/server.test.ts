import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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
