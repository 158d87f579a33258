import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { leanFetchHeader, leanFetchValue, signViewer, type Viewer, viewerHeader } from '@headcount/access'
import { openDatabase } from '@headcount/database'
import { fail } from '@headcount/errors'
import { inProcessTopics } from '@headcount/live'
import { inProcessBus } from '@headcount/messaging'
import { pino } from 'pino'
import { createService, type RequestBase, ServiceUnavailable } from '../src/index.ts'
import { buildSchema } from '../src/schema.ts'
import { viewerSecret } from './viewer-secret.ts'

/** Somebody with a token. */
export const ada: Viewer = { kind: 'user', id: 'usr_ada', organizationId: 'org_a', scopes: ['event:read'] }

const schemaFile = new URL('small.graphql', import.meta.url)

const resolvers = {
  Query: {
    me: (_root: unknown, _args: unknown, { viewer }: RequestBase) => viewer?.id,
    broken: () => {
      throw new Error('the secret inside')
    },
    refused: () => {
      throw fail('BAD_USER_INPUT', 'no such thing', { field: 'x' })
    },
    logged: (_root: unknown, _args: unknown, { log }: RequestBase) => {
      log.info('a line')
      return 'written'
    },
    book: (_root: unknown, { id }: { id: string }) => ({ id, title: 'Über Ähren', author: { name: 'Ö' } }),
    secret: () => 'told',
  },
  Book: { __resolveReference: ({ id }: { id: string }) => resolvers.Query.book(undefined, { id }) },
}

/** The schema of the small service, to be run by graphql-js alone. */
export const smallSchema = () => buildSchema(schemaFile, resolvers)

/** A service that needs no database, behind a real HTTP server; `lines` collects its log. */
export async function startSmallService({ now = () => new Date() } = {}) {
  const lines: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const bus = inProcessBus({ log })
  const topics = inProcessTopics({ log })
  const service = createService({
    name: 'small',
    schemaFile,
    resolvers,
    // Nothing connects before the first statement, and none is sent.
    database: openDatabase({ url: 'postgres://127.0.0.1:1/none', log }),
    parts: {
      log,
      bus,
      topics,
      viewerSecret,
      now,
      ask: ({ service }) => Promise.reject(new ServiceUnavailable(service, 'it is not in this test')),
    },
    context: (base) => base,
  })
  const server = createServer((req, res) => void service.handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const post = (body: unknown, headers: Record<string, string> = leanHeaders()) =>
    fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
  return {
    service,
    url,
    lines,
    post,
    async stop() {
      await service.stop()
      await Promise.all([bus.close(), topics.close()])
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The headers of a fetch of the gateway's. */
export function leanHeaders(viewer: Viewer | undefined = ada): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-request-id': 'req-1',
    [leanFetchHeader]: leanFetchValue,
    [viewerHeader]: signViewer(viewer, viewerSecret),
  }
}

/** The same without the mark: what goes to Yoga. */
export function unmarkedHeaders(viewer?: Viewer): Record<string, string> {
  const { [leanFetchHeader]: _mark, ...others } = leanHeaders(viewer)
  return others
}
