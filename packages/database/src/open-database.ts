import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Logger } from 'pino'
import { explainConnection } from './connection-error.ts'
import { listenedClient, type Statement, type StatementListener } from './statement.ts'
import { runTransaction, type Transaction, type TransactionOptions } from './transaction.ts'
import { parameterOf, valueParsers } from './values.ts'

/** What {@link openDatabase} needs. */
export interface OpenDatabaseOptions {
  /** `postgres://user:password@host:port/database` of the primary. */
  url: string
  /** The same of a read-only copy, for `database.read`. Default: the primary. */
  replicaUrl?: string
  /** The largest number of connections to one server. Default 10. Callers beyond it wait, at most `connectTimeoutMs`. */
  maxConnections?: number
  /** How long to wait for a connection, new or from the pool, in milliseconds. Default 1,900. */
  connectTimeoutMs?: number
  /** After how many milliseconds the server ends a statement (SQLSTATE 57014). Default 15,000. */
  statementTimeoutMs?: number
  /** After how many milliseconds an unused connection is closed. Default 30,000. */
  idleTimeoutMs?: number
  /** How the connections are called in `pg_stat_activity`. Default `headcount`. */
  applicationName?: string
  /**
   * For a service whose every statement goes by an index: the server plans a named statement once a connection, whatever its
   * parameters, and never to read a whole table or index, which a plan from a time when it was small would do. Default false.
   */
  plansByIndex?: boolean
  /** Called with every statement, from the first one on; see `onStatement`. */
  onStatement?: StatementListener
  /** Told when an idle connection is lost. The pool replaces it. */
  log?: Pick<Logger, 'warn'>
}

/** One database of one service: a bounded pool, shared by plain SQL and Prisma. */
export interface Database {
  /** The connections to the primary. */
  readonly pool: pg.Pool
  /** For `new PrismaClient({ adapter })`, which then shares the pool. Disconnecting the client leaves it open. */
  readonly adapter: PrismaPg
  /** Sends one statement to the primary and answers its rows. int8 is a number, or a bigint where unsafe; timestamptz a Date. */
  query<T extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>
  /** The same to the replica, which may lag behind; to the primary when there is none. */
  read<T extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it throws. Runs it again, up to 3
   * times in all, when the server reports a deadlock or a serialization failure: it must do nothing but SQL.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T> | T, options?: TransactionOptions): Promise<T>
  /** Calls the listener before every statement that is sent, Prisma's included, until the answered function is called. */
  onStatement(listener: StatementListener): () => void
  /** Resolves when the primary answers; rejects with the reason after at most twice `connectTimeoutMs` when it does not. */
  ping(): Promise<void>
  /** Waits for the statements under way and closes all connections. May be called twice. */
  close(): Promise<void>
}

const DEFAULTS = {
  maxConnections: 10,
  connectTimeoutMs: 1_900,
  statementTimeoutMs: 15_000,
  idleTimeoutMs: 30_000,
  applicationName: 'headcount',
}

const SILENCE_MS = 2_000

// A join goes by an index too: to hash a table, or to merge two, is to read all of it.
const BY_INDEX = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Opens a pool. Nothing is connected before the first statement, so a server that is down shows there (or in `ping`). */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const listeners = new Set<StatementListener>(options.onStatement ? [options.onStatement] : [])
  let closing: Promise<void> | undefined
  const onLost = (server: Statement['server'], { message: reason }: Error) => {
    // A pool has ended before its connections have: a server that ends meanwhile takes none from anybody.
    if (!closing) options.log?.warn({ server, reason }, 'lost a database connection')
  }
  const pool = openPool(options, 'primary', listenedClient('primary', listeners))
  const replica = options.replicaUrl
    ? openPool(options, 'replica', listenedClient('replica', listeners))
    : undefined
  // Without a listener a lost idle connection would end the process.
  pool.on('error', (error) => onLost('primary', error))
  replica?.on('error', (error) => onLost('replica', error))
  return {
    pool,
    adapter: new PrismaPg(pool),
    query: (sql, params) => rowsOf(pool, sql, params),
    read: (sql, params) => rowsOf(replica ?? pool, sql, params),
    transaction: (work, transactionOptions) => runTransaction(pool, work, transactionOptions),
    onStatement(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ping: () => ping(pool, options),
    close() {
      closing ??= Promise.all([pool.end(), replica?.end()]).then(() => {})
      return closing
    },
  }
}

function openPool(
  options: OpenDatabaseOptions,
  server: Statement['server'],
  Client: typeof pg.Client,
): pg.Pool {
  const { maxConnections, connectTimeoutMs, statementTimeoutMs, idleTimeoutMs, applicationName } = {
    ...DEFAULTS,
    ...options,
  }
  return new pg.Pool({
    connectionString: server === 'primary' ? options.url : options.replicaUrl,
    Client,
    types: valueParsers,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // For a server that has gone silent and so cannot end the statement itself.
    query_timeout: statementTimeoutMs + SILENCE_MS,
    application_name: applicationName,
    ...(options.plansByIndex && { options: BY_INDEX }),
    keepAlive: true,
    // A statement does not wait for the answer to the one before it on its connection.
    pipeline: true,
  })
}

async function ping(
  pool: pg.Pool,
  { url, connectTimeoutMs = DEFAULTS.connectTimeoutMs }: OpenDatabaseOptions,
) {
  try {
    // pg knows this setting for a statement, its types do not.
    const statement: pg.QueryConfig & { query_timeout: number } = {
      text: 'SELECT 1',
      query_timeout: connectTimeoutMs,
    }
    await pool.query(statement)
  } catch (error) {
    throw explainConnection(error, url)
  }
}

async function rowsOf<T>(pool: pg.Pool, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  return (await pool.query(sql, params.map(parameterOf))).rows as T[]
}
