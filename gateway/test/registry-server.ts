import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, vi } from 'vitest'
import { atEnd } from './http1-calls.ts'

/** Answers a question to a registry. */
export type Handle = (response: ServerResponse, request: IncomingMessage) => unknown

/** Publishes a text under its ETag, as a registry does. */
export function publishing(text: string, etag: string): Handle {
  return (response, { headers }) => {
    if (headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end()
    return response.writeHead(200, { etag, 'content-type': 'application/graphql' }).end(text)
  }
}

/** A registry that answers as the test says at the moment. */
export async function registryServer(first: Handle) {
  const asked: { url: string | undefined; headers: IncomingMessage['headers']; atMs: number }[] = []
  const answered: number[] = []
  let handle = first
  let port = 0
  const listen = async () => {
    const server = createServer((request, response) => {
      asked.push({ url: request.url, headers: request.headers, atMs: performance.now() })
      response.on('finish', () => answered.push(response.statusCode))
      handle(response, request)
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    return async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  }
  let stop = await listen()
  atEnd(() => stop())
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    /** Statuses of its answers. */
    answered,
    answer(next: Handle) {
      handle = next
    },
    down: () => stop(),
    async up() {
      stop = await listen()
    },
  }
}

export type RegistryServer = Awaited<ReturnType<typeof registryServer>>

/** Waits until a check passes, as long as a busy machine may need. */
export function soon<T>(
  check: () => T | Promise<T>,
  options: { readonly timeout?: number; readonly interval?: number } = {},
): Promise<T> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20, ...options })
}

/** Waits for so many more questions. */
export async function questions({ asked }: RegistryServer, count: number): Promise<void> {
  const before = asked.length
  await soon(() => expect(asked.length).toBeGreaterThanOrEqual(before + count))
}
