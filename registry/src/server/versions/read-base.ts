import type { Contract } from '@headcount/registry-api'
import type { Query } from '../live/read-live.ts'

/** A subgraph of a version that is stored. */
export interface StoredSubgraph {
  readonly name: string
  readonly url: string
  readonly sdl: string
  readonly hash: string
  readonly file: string
  readonly since: number
}

/** What is live when a version is made. */
export interface Base {
  /** Null = nothing has composed yet. */
  readonly number: number | null
  readonly contractsRevision: number
  readonly apiSchema: string | undefined
  readonly subgraphs: readonly StoredSubgraph[]
  readonly contracts: readonly Contract[]
}

interface BaseRow {
  number: number | null
  contracts_revision: number
  api_schema: string | null
  subgraphs: StoredSubgraph[]
  contracts: Contract[]
}

const subgraphsOf = (number: string) => `
  (SELECT coalesce(json_agg(json_build_object('name', s.name, 'url', s.url, 'sdl', t.text, 'hash', s.schema_hash,
                                              'file', s.file, 'since', s.since) ORDER BY s.name), '[]')
     FROM version_subgraphs s JOIN texts t ON t.hash = s.schema_hash WHERE s.number = ${number})`

const baseSql = `
  SELECT l.number, l.contracts AS contracts_revision,
         (SELECT text FROM texts WHERE hash = v.api_hash) AS api_schema,
         ${subgraphsOf('l.number')} AS subgraphs,
         (SELECT coalesce(json_agg(json_build_object('name', name, 'include', include, 'exclude', exclude,
                                                     'hidesUnreachable', hides_unreachable) ORDER BY name), '[]')
            FROM contracts) AS contracts
    FROM live l LEFT JOIN versions v ON v.number = l.number
   WHERE l.id = 1`

/** Reads what is live, of one moment. */
export async function readBase(query: Query): Promise<Base> {
  const [row] = await query<BaseRow>(baseSql)
  if (!row) throw new Error('The table live has no row: the migrations are not applied')
  return {
    number: row.number,
    contractsRevision: row.contracts_revision,
    apiSchema: row.api_schema ?? undefined,
    subgraphs: row.subgraphs,
    contracts: row.contracts,
  }
}

/** The subgraphs of a version, and whether it composes; undefined = there is no such version. */
export async function readSubgraphs(
  query: Query,
  number: number,
): Promise<{ readonly subgraphs: readonly StoredSubgraph[]; readonly composes: boolean } | undefined> {
  const [row] = await query<{ subgraphs: StoredSubgraph[]; composes: boolean }>(
    `SELECT v.composes, ${subgraphsOf('v.number')} AS subgraphs FROM versions v WHERE v.number = $1`,
    [number],
  )
  return row
}
