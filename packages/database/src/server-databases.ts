import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { explainConnection } from './connection-error.ts'
import { codeOf } from './transaction.ts'

const CONNECT_TIMEOUT_MS = 5_000
const INVALID_CATALOG_NAME = '3D000'
const ALREADY_THERE = new Set(['42P04', '23505'])

/** The URL of another database on the same server. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

/** The name of the database in a connection URL. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/** Connects one client, runs `work` and disconnects. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  // A connection that is lost between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw explainConnection(error, url)
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs `work` on a database that is made first when the server has none of that name. */
export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  try {
    return await withClient(url, work)
  } catch (error) {
    if (codeOf(error) !== INVALID_CATALOG_NAME) throw error
  }
  await withClient(databaseUrl(url, 'postgres'), (client) => createDatabase(client, databaseName(url)))
  return await withClient(url, work)
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  try {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    // Another process made it at the same moment.
    if (!ALREADY_THERE.has(codeOf(error))) throw error
  }
}

/** Runs `work` on an empty database of its own, which is dropped afterwards. */
export async function withScratchDatabase<T>(
  url: string,
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`
  await withClient(url, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  try {
    return await work(databaseUrl(url, name))
  } finally {
    await withClient(url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  }
}
