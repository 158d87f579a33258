import type { FeedText, LiveContract, LiveState } from './live-state.ts'

/** Sends one statement: through a pool, a connection or a transaction. */
export type Query = <Row extends object>(sql: string, params?: readonly unknown[]) => Promise<Row[]>

interface LiveRow {
  number: number | null
  since: Date | null
  documents: number
  contracts_revision: number
  supergraph_hash: string | null
  api_hash: string | null
  contracts: readonly ContractRow[]
}

interface ContractRow {
  name: string
  include: string[]
  exclude: string[]
  hides_unreachable: boolean
  served_number: number | null
  supergraph_hash: string | null
  api_hash: string | null
}

// One statement, so that all of it is of one moment.
const liveSql = `
  SELECT l.number, l.since, l.documents, l.contracts AS contracts_revision, v.supergraph_hash, v.api_hash,
         (SELECT coalesce(json_agg(c ORDER BY c.name), '[]') FROM contracts c) AS contracts
    FROM live l LEFT JOIN versions v ON v.number = l.number
   WHERE l.id = 1`

/** Reads what is live. Texts never change, so those of the last state are taken from there. */
export async function readLive(query: Query, last: LiveState | undefined): Promise<LiveState> {
  const [row] = await query<LiveRow>(liveSql)
  if (!row) throw new Error('The table live has no row: the migrations are not applied')
  if (last && isSame(row, last)) return last
  const texts = await readTexts(query, hashesOf(row), last)
  const feed = (hash: string | null, version: number | null): FeedText | undefined => {
    const text = hash === null ? undefined : texts.get(hash)
    return text === undefined || version === null ? undefined : { text, etag: `"${hash}"`, version }
  }
  const contractOf = (one: ContractRow): LiveContract => ({
    name: one.name,
    include: one.include,
    exclude: one.exclude,
    hidesUnreachable: one.hides_unreachable,
    supergraph: feed(one.supergraph_hash, one.served_number),
    apiSchema: feed(one.api_hash, one.served_number),
  })
  return {
    number: row.number,
    since: row.since,
    documents: row.documents,
    contractsRevision: row.contracts_revision,
    supergraph: feed(row.supergraph_hash, row.number),
    apiSchema: feed(row.api_hash, row.number),
    contracts: new Map(row.contracts.map((one) => [one.name, contractOf(one)])),
  }
}

function isSame(row: LiveRow, last: LiveState): boolean {
  return (
    row.number === last.number &&
    row.documents === last.documents &&
    row.contracts_revision === last.contractsRevision
  )
}

function hashesOf(row: LiveRow): string[] {
  const hashes = [row, ...row.contracts].flatMap((one) => [one.supergraph_hash, one.api_hash])
  return [...new Set(hashes.filter((hash) => hash !== null))]
}

/** Texts by hash; only those that the last state has not are read. */
async function readTexts(
  query: Query,
  hashes: readonly string[],
  last: LiveState | undefined,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const one of last ? [last, ...last.contracts.values()] : []) {
    for (const feed of [one.supergraph, one.apiSchema]) if (feed) texts.set(feed.etag.slice(1, -1), feed.text)
  }
  const missing = hashes.filter((hash) => !texts.has(hash))
  if (missing.length === 0) return texts
  const rows = await query<{ hash: string; text: string }>(
    'SELECT hash, text FROM texts WHERE hash = ANY($1)',
    [missing],
  )
  for (const { hash, text } of rows) texts.set(hash, text)
  return texts
}
