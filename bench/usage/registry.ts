import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { UsageReport } from '@headcount/registry-api'

/** Takes reports of usage, and counts what they say. */
export interface BenchRegistry {
  readonly url: string
  readonly sums: { reports: number; requests: number; uncounted: number; bytes: number }
  close(): void
}

/** Starts a registry that does nothing else. */
export async function startRegistry(): Promise<BenchRegistry> {
  const sums = { reports: 0, requests: 0, uncounted: 0, bytes: 0 }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const { counts, uncounted } = JSON.parse(body) as UsageReport
    sums.reports += 1
    sums.bytes += body.length
    sums.uncounted += uncounted
    for (const { requests } of counts) sums.requests += requests
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"unknown":[]}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sums,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
