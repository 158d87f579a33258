import type { Database } from '@headcount/database'
import type { PublishAnswer } from '@headcount/registry-api'
import { type Endpoint, RegistryProblem, type Reply } from '../endpoint.ts'
import { readNumber, readPage } from '../http/read-page.ts'
import type { Parts } from '../parts.ts'
import { diffVersions } from './diff-versions.ts'
import type { Publisher } from './publisher.ts'
import { listVersions, noVersion, readVersion } from './read-versions.ts'

const graphql = 'application/graphql; charset=utf-8'
/** Composing may wait for others, and takes up to a minute itself. */
const publishDeadlineMs = 120_000

/** Publishing and the history of versions. */
export function versionEndpoints({ database, live }: Parts, publisher: Publisher): Endpoint[] {
  return [
    ...publishEndpoints(publisher),
    liveEndpoint(database, live),
    ...historyEndpoints(database),
    ...textEndpoints(database),
  ]
}

/** What is live, without knowing its number. */
function liveEndpoint(database: Database, live: Parts['live']): Endpoint {
  return {
    method: 'GET',
    path: '/versions/live',
    scope: 'schema:read',
    async handle() {
      const number = live.state?.number
      if (typeof number === 'number') return { json: await readVersion(database, number) }
      throw new RegistryProblem('NOT_FOUND', 'No version composes yet, so none is live.')
    },
  }
}

function publishEndpoints(publisher: Publisher): Endpoint[] {
  const shared = { method: 'POST', scope: 'schema:publish', deadlineMs: publishDeadlineMs } as const
  return [
    {
      ...shared,
      path: '/versions',
      handle: async ({ body, caller }) => replyOf(await publisher.publish(body, caller)),
    },
    {
      ...shared,
      path: '/rollback',
      handle: async ({ body, caller }) => replyOf(await publisher.rollback(body, caller)),
    },
  ]
}

function replyOf(answer: PublishAnswer): Reply {
  return { status: answer.version.composes ? 200 : 422, json: answer }
}

function historyEndpoints(database: Database): Endpoint[] {
  const shared = { method: 'GET', scope: 'schema:read' } as const
  return [
    {
      ...shared,
      path: '/versions',
      handle: async ({ query }) => ({ json: await listVersions(database, readPage(query)) }),
    },
    {
      ...shared,
      path: '/versions/:number',
      handle: async ({ params }) => ({ json: await readVersion(database, numberOf(params)) }),
    },
    {
      ...shared,
      path: '/versions/:number/diff',
      handle: async ({ params, query }) => {
        const other = query.get('with')
        return {
          text: await diffVersions(database, {
            number: numberOf(params),
            base: other === null ? undefined : readNumber(other, 'with'),
            schema: query.get('schema') ?? 'api',
          }),
        }
      },
    },
  ]
}

function textEndpoints(database: Database): Endpoint[] {
  const shared = { method: 'GET', scope: 'schema:read' } as const
  return [
    {
      ...shared,
      path: '/versions/:number/subgraphs/:name',
      async handle({ params: { name = '', ...params } }) {
        const number = numberOf(params)
        const [row] = await database.query<{ text: string }>(
          `SELECT text FROM version_subgraphs JOIN texts ON hash = schema_hash WHERE number = $1 AND name = $2`,
          [number, name],
        )
        if (row) return { text: row.text, type: graphql }
        const { subgraphs } = await readVersion(database, number)
        const names = subgraphs.map((one) => one.name).join(', ') || 'none'
        throw new RegistryProblem(
          'NOT_FOUND',
          `Version ${number} has no subgraph ${JSON.stringify(name)}; it has: ${names}.`,
        )
      },
    },
    {
      ...shared,
      path: '/versions/:number/supergraph',
      async handle({ params }) {
        const number = numberOf(params)
        const [row] = await database.query<{ text: string | null }>(
          'SELECT text FROM versions LEFT JOIN texts ON hash = supergraph_hash WHERE number = $1',
          [number],
        )
        if (!row) throw noVersion(number)
        if (row.text !== null) return { text: row.text, type: graphql }
        throw new RegistryProblem(
          'NOT_COMPOSED',
          `Version ${number} does not compose, so it has no supergraph.`,
        )
      },
    },
  ]
}

function numberOf(params: Readonly<Record<string, string>>): number {
  return readNumber(params['number'], 'The number of the version')
}
