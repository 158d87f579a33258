import { join } from 'node:path'
import { type Database, openDatabase } from '@headcount/database'
import { createTestDatabase } from '@headcount/database/testing'
import { pino } from 'pino'
import { compose } from '../../src/composition/compose.ts'
import type { Call, Endpoint, Reply } from '../../src/server/endpoint.ts'
import { createJudge } from '../../src/server/judge/judge.ts'
import { followLive } from '../../src/server/live/live.ts'
import { hashOf } from '../../src/server/live/live-state.ts'
import type { Parts } from '../../src/server/parts.ts'
import type { Subgraph } from '../../src/subgraph.ts'

/** The parts of a server over a database of its own, with a clock that a test sets. */
export interface TestParts extends Parts {
  /** What the clock shows. */
  time: Date
  /** Makes a version that is live; answers its number. */
  publish(...subgraphs: Subgraph[]): Promise<number>
  close(): Promise<void>
}

export async function openParts(): Promise<TestParts> {
  const server = await createTestDatabase(join(import.meta.dirname, '../../prisma'))
  const database = openDatabase({ url: server.url })
  const log = pino({ level: 'silent' })
  const live = followLive({ database, log })
  const judge = createJudge()
  await live.refresh()
  const parts: TestParts = {
    ...{ database, log, live, judge },
    time: new Date('2027-03-20T12:30:00Z'),
    now: () => parts.time,
    async publish(...subgraphs) {
      const number = await storeVersion(database, subgraphs)
      await live.refresh()
      return number
    },
    async close() {
      await live.stop()
      await judge.close()
      await database.close()
      await server.drop()
    },
  }
  return parts
}

async function storeVersion(database: Database, subgraphs: readonly Subgraph[]): Promise<number> {
  const composed = compose(subgraphs)
  if (composed.errors) throw new Error(JSON.stringify(composed.errors))
  const { apiSchemaSdl, supergraphSdl } = composed
  const keep = async (text: string) => {
    const hash = hashOf(text)
    await database.query('INSERT INTO texts (hash, text) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      hash,
      text,
    ])
    return hash
  }
  const [row] = await database.query<{ number: number }>(
    `INSERT INTO versions (number, at, kind, by, changed, composes, supergraph_hash, api_hash,
                           breaking, dangerous, safe, error_count, errors, hints, changes)
     SELECT coalesce(max(number), 0) + 1, now(), 'publish', 'ci', '{}', true, $1, $2, 0, 0, 0, 0, '[]', '[]', '[]'
       FROM versions RETURNING number`,
    [await keep(supergraphSdl), await keep(apiSchemaSdl)],
  )
  const number = row?.number ?? 0
  for (const { name, url, sdl, file } of subgraphs) {
    await database.query(
      'INSERT INTO version_subgraphs (number, name, url, schema_hash, file, since) VALUES ($1, $2, $3, $4, $5, $1)',
      [number, name, url, await keep(sdl), file],
    )
  }
  await database.query('UPDATE live SET number = $1, since = now() WHERE id = 1', [number])
  return number
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
