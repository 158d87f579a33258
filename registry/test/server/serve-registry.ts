import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from '../../src/server/registry.ts'

export const adminToken = `hcr_${'A'.repeat(43)}`

export async function serveRegistry(registry: Registry): Promise<{ server: Server; url: string }> {
  const server = createServer((req, res) => void registry.handle(req, res, '/registry'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/registry` }
}
