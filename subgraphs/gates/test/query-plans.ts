import type { Database, Transaction } from '@headcount/database'

/** A statement as the store sent it. */
export interface Sent {
  readonly sql: string
  readonly params: readonly unknown[]
  /** Of a text that Postgres plans once a connection, for whatever parameters. */
  readonly isPlannedOnce: boolean
}

/** A step of a plan, as Postgres explains it. */
interface Step {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Recheck Cond'?: string
  readonly 'Actual Loops'?: number
  readonly Plans?: readonly Step[]
}

/** A database that notes each statement with its parameters. */
export function noting(database: Database, sent: Sent[]): Database {
  const note = (sql: string, params: readonly unknown[] = [], name?: string) =>
    void sent.push({ sql, params, isPlannedOnce: name !== undefined })
  const notingIn = (tx: Transaction): Transaction => ({
    query(sql, params, options) {
      note(sql, params, options?.name)
      return tx.query(sql, params, options)
    },
    send(sql, params, options) {
      note(sql, params, options?.name)
      tx.send(sql, params, options)
    },
  })
  return {
    ...database,
    query(sql, params) {
      note(sql, params)
      return database.query(sql, params)
    },
    read(sql, params) {
      note(sql, params)
      return database.read(sql, params)
    },
    transaction: (work, options) => database.transaction((tx) => work(notingIn(tx)), options),
  }
}

/** The plan of a statement with its parameters, or of its text alone. */
export async function planOf(
  database: Database,
  { sql, params }: Pick<Sent, 'sql' | 'params'>,
  how = '',
): Promise<Step[]> {
  const options = how === '' ? 'FORMAT JSON' : `FORMAT JSON, ${how}`
  const rows = await database.query<{ 'QUERY PLAN': { Plan: Step }[] }>(`EXPLAIN (${options}) ${sql}`, params)
  return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => stepsOf(Plan)))
}

function stepsOf(step: Step): Step[] {
  return [step, ...(step.Plans ?? []).flatMap(stepsOf)]
}

/** The steps that read the whole of a big table, whatever they are called. */
export function wholeReads(steps: readonly Step[], bigTables: ReadonlySet<string>): string[] {
  return steps.flatMap((step) => {
    const { 'Node Type': type, 'Relation Name': relation = '' } = step
    const isLookup = step['Index Cond'] !== undefined || step['Recheck Cond'] !== undefined
    return bigTables.has(relation) && type.includes('Scan') && !isLookup ? [`${type} on ${relation}`] : []
  })
}

/** The indexes that a plan looks rows up by. */
export function indexesUsed(steps: readonly Step[]): string[] {
  return [...new Set(steps.flatMap((step) => step['Index Name'] ?? []))].sort()
}

/** The tables of that name's family which a plan reads; of a plan that was run, those that it did read. */
export function tablesRead(steps: readonly Step[], family: string): string[] {
  const read = steps.filter((step) => step['Actual Loops'] !== 0).map((step) => step['Relation Name'] ?? '')
  return [...new Set(read)].filter((relation) => relation.startsWith(family)).sort()
}
