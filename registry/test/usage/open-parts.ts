import { join } from 'node:path'
import { type Database, openDatabase } from '@headcount/database'
import { createTestDatabase } from '@headcount/database/testing'
import { pino } from 'pino'
import { compose } from '../../src/index.ts'
import type { Call, Endpoint, Reply } from '../../src/server/endpoint.ts'
import { followLive } from '../../src/server/live/live.ts'
import type { CheckCase, LiveSchema, ServerParts } from '../../src/server/server-parts.ts'
import type { Subgraph } from '../../src/subgraph.ts'

const prisma = join(import.meta.dirname, '../../prisma')

/** The parts of a server over a database of its own, with a clock and a live version that a test sets. */
export interface TestParts extends ServerParts {
  /** What the clock shows. */
  time: Date
  /** What is live; version 1. */
  publish(...subgraphs: Subgraph[]): void
  /** What the judge was asked. */
  readonly judged: CheckCase[]
  close(): Promise<void>
}

export async function openParts(): Promise<TestParts> {
  const server = await createTestDatabase(prisma)
  const database = openDatabase({ url: server.url })
  const log = pino({ level: 'silent' })
  const live = followLive({ database, log })
  await live.refresh()
  let published: { schema: LiveSchema; subgraphs: readonly Subgraph[] } | undefined
  const judged: CheckCase[] = []
  const parts: TestParts = {
    ...{ database, log, live, judged },
    time: new Date('2027-03-20T12:30:00Z'),
    now: () => parts.time,
    apiSchema: async () => published?.schema,
    supergraphOf: async (number) => (number === 1 ? published?.schema.supergraphSdl : undefined),
    subgraphsOf: async () => published?.subgraphs ?? [],
    judge: {
      async check(input) {
        judged.push(input)
        return { outcome: 'safe', errors: [], hints: [], changes: [], lint: [], notes: [] }
      },
    },
    publish(...subgraphs) {
      const composed = compose(subgraphs)
      if (composed.errors) throw new Error(JSON.stringify(composed.errors))
      const { apiSchemaSdl: sdl, supergraphSdl } = composed
      published = { schema: { number: (published?.schema.number ?? 0) + 1, sdl, supergraphSdl }, subgraphs }
    },
    async close() {
      await live.stop()
      await database.close()
      await server.drop()
    },
  }
  return parts
}

/** Empties the tables, so that each test begins with nothing. */
export async function empty(database: Database, tables: readonly string[]): Promise<void> {
  await database.query(`TRUNCATE ${tables.join(', ')}`)
}

/** What a test says of a call; the rest is empty. */
export type CallOptions = Partial<Pick<Call, 'body' | 'params' | 'headers' | 'signal'>> & {
  readonly query?: Readonly<Record<string, string>>
}

/** Calls an endpoint (`GET /usage/operations`) as a token named ci. */
export async function call(
  endpoints: readonly Endpoint[],
  name: string,
  options: CallOptions = {},
): Promise<Reply> {
  const found = endpoints.find(({ method, path }) => `${method} ${path}` === name)
  if (!found) throw new Error(`There is no endpoint ${name}`)
  return await found.handle({
    caller: { name: 'ci', scopes: [found.scope] },
    params: options.params ?? {},
    query: new URLSearchParams(options.query),
    headers: options.headers ?? {},
    // What goes over HTTP is JSON.
    body: options.body === undefined ? undefined : JSON.parse(JSON.stringify(options.body)),
    signal: options.signal ?? new AbortController().signal,
  })
}
