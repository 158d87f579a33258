import type { Database } from '@headcount/database'
import { unifiedDiff } from '../diff/unified-diff.ts'
import { RegistryProblem } from '../endpoint.ts'
import { noVersion } from './read-versions.ts'

/** What is compared. */
export interface DiffRequest {
  readonly number: number
  /** Undefined = the version that was live before it. */
  readonly base: number | undefined
  readonly schema: string
}

interface TextsRow {
  readonly base: number | null
  readonly composes: boolean
  readonly api: string | null
  readonly supergraph: string | null
  readonly subgraphs: Readonly<Record<string, string>>
}

const schemas = ['api', 'supergraph', 'subgraphs']

/** The unified diff from an older version's texts to a version's; empty where they are equal. @throws RegistryProblem */
export async function diffVersions(
  database: Database,
  { number, base, schema }: DiffRequest,
): Promise<string> {
  if (!schemas.includes(schema)) {
    throw new RegistryProblem(
      'BAD_REQUEST',
      `schema is ${JSON.stringify(schema)}; it takes ${schemas.join(', ')}.`,
    )
  }
  const head = await readTexts(database, number)
  const before = base ?? head.base
  const [old, now] = [
    before === null ? new Map() : filesOf(await readTexts(database, before), schema),
    filesOf(head, schema),
  ]
  if (!head.composes && schema !== 'subgraphs') {
    throw new RegistryProblem(
      'NOT_COMPOSED',
      `Version ${number} does not compose; schema=subgraphs shows what changed in its subgraphs.`,
    )
  }
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name) => unifiedDiff(name, old.get(name) ?? '', now.get(name) ?? ''))
    .join('')
}

async function readTexts(database: Database, number: number): Promise<TextsRow> {
  const [row] = await database.query<TextsRow>(
    `SELECT v.base, v.composes, (SELECT text FROM texts WHERE hash = v.api_hash) AS api,
            (SELECT text FROM texts WHERE hash = v.supergraph_hash) AS supergraph,
            (SELECT coalesce(json_object_agg(s.name, t.text), '{}')
               FROM version_subgraphs s JOIN texts t ON t.hash = s.schema_hash
              WHERE s.number = v.number) AS subgraphs
       FROM versions v WHERE v.number = $1`,
    [number],
  )
  if (!row) throw noVersion(number)
  return row
}

function filesOf(row: TextsRow, schema: string): Map<string, string> {
  if (schema === 'api') return new Map([['api.graphql', row.api ?? '']])
  if (schema === 'supergraph') return new Map([['supergraph.graphql', row.supergraph ?? '']])
  return new Map(Object.entries(row.subgraphs).map(([name, text]) => [`subgraphs/${name}.graphql`, text]))
}
