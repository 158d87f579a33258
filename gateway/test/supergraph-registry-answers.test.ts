import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { registrySupergraph } from '../src/feeds/registry-supergraph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { type Handle, publishing, registryServer } from './registry-server.ts'

afterEach(endAll)

const log = pino({ level: 'silent' })

/** Asks a registry as a gateway does when it starts. */
async function first(url: string): Promise<unknown> {
  const feed = registrySupergraph({ url, copyDirectory: 'none' }, log)
  atEnd(() => feed.close())
  return feed.first()
}

describe('no supergraph, and the reason said, where a registry', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const html = { 'content-type': 'text/html; charset=utf-8' }
  const mebibyte = Buffer.alloc(1_048_576, 'x')
  const cases: readonly (readonly [string, Handle, string | RegExp])[] = [
    ['fails', (response) => response.writeHead(503).end('no'), 'it answered HTTP 503'],
    [
      'knows no gateway',
      (response) => response.writeHead(401).end('{}'),
      'it answered HTTP 401, since it does not know the token (supergraph.registry.token, or HEADCOUNT_REGISTRY_TOKEN).',
    ],
    [
      'does not let it read',
      (response) => response.writeHead(403).end(),
      'it answered HTTP 403, since the token lacks the scope schema:read.',
    ],
    [
      'has none, and says so',
      (response) =>
        response.writeHead(404, json).end('{"error":{"code":"NOT_FOUND","message":"Nothing composes yet."}}'),
      'it answered HTTP 404: Nothing composes yet.',
    ],
    [
      'has much to say',
      (response) => response.writeHead(500, json).end(`{"error":{"message":"${'x'.repeat(9_000)}"}}`),
      /it answered HTTP 500\.$/,
    ],
    ['answers nothing', (response) => response.writeHead(200).end('\n'), 'it answered an empty text'],
    [
      'answers another text than its ETag says',
      (response) =>
        response
          .writeHead(200, { etag: `"${'0'.repeat(64)}"`, 'x-headcount-version': '3' })
          .end('half of a supergr'),
      'it answered a text that is not the one of its ETag',
    ],
    ['answers 304 to who has nothing', (response) => response.writeHead(304).end(), /HTTP 304/],
    [
      'redirects',
      (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      'it redirects (HTTP 302, to /elsewhere)',
    ],
    ['answers a page', (response) => response.writeHead(200, html).end('<html>'), /it answered text\/html/],
    [
      'breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('half')
        setTimeout(() => response.socket?.destroy(), 10)
      },
      /it failed with UND_ERR/,
    ],
    [
      'breaks off in a body of no length',
      (response) => {
        response.write('half')
        setTimeout(() => response.socket?.destroy(), 10)
      },
      /it failed with UND_ERR/,
    ],
    [
      'answers more than any supergraph has',
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(mebibyte));
          response.once('drain', more)
        }
        more()
      },
      `it answered more than ${64 * 1_048_576} bytes`,
    ],
  ]
  test.each(cases)('%s', async (...row) => {
    const [, handle, reason] = row
    const registry = await registryServer(handle)
    const { url } = registry
    const asking = first(url)
    await expect(asking).rejects.toThrow(`The registry at ${url}/supergraph gave no supergraph: `)
    await expect(asking).rejects.toThrow(reason)
    expect(registry.asked.map(({ url: path }) => path)).toEqual(['/supergraph'])
  })

  test.each<readonly [string, Handle]>([
    ['is silent', () => {}],
    [
      'answers a word at a time',
      (response) => {
        const timer = setInterval(() => response.write('word '), 100)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])(
    '%s: it is given up after 10 s',
    async (...row) => {
      const registry = await registryServer(row[1])
      await expect(first(registry.url)).rejects.toThrow('it did not answer in time')
    },
    15_000,
  )

  test('has a password in its address: it is not told', async () => {
    const registry = await registryServer((response) => response.writeHead(500).end())
    const error = await first(registry.url.replace('//', '//me:hunter2@')).catch(String)
    expect(error).toContain('HTTP 500')
    expect(error).not.toContain('hunter2')
  })
})

test('a text is taken as whatever a server calls it that knows no better', async () => {
  for (const type of ['application/graphql', 'text/plain; charset=utf-8', 'application/octet-stream']) {
    const registry = await registryServer((response) =>
      response.writeHead(200, { 'content-type': type }).end('good'),
    )
    expect(await first(registry.url)).toMatchObject({ sdl: 'good' })
  }
  const registry = await registryServer(publishing('good', '"1"'))
  expect(await first(registry.url)).toMatchObject({ sdl: 'good' })
})
