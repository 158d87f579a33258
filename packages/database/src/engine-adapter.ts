import { createHash, randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { databaseUrl } from './server-databases.ts'

// The type "char" of the catalogue, which the adapter cannot name. https://github.com/prisma/orm/issues/27403
const CHAR_OID = 18
const TEXT_OID = 25
const CHAR_MARK = '\u0001'

/**
 * Prisma's adapter for Postgres, mended in the three places where the schema engine stumbles over it. Every pool
 * that it opens is added to `pools`.
 */
export function engineAdapter(url: string, pools: pg.Pool[]): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (to: string) => {
    const pool = charPool(to)
    pools.push(pool)
    return adaptChar(await new PrismaPg(pool, { disposeExternalPool: true }).connect())
  }
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    // The adapter's own version drops the database while it is still connected to it.
    async connectToShadowDb() {
      const name = `shadow_${randomUUID().replaceAll('-', '')}`
      const admin = new pg.Client({ connectionString: url })
      await admin.connect()
      await admin.query(`CREATE DATABASE "${name}"`)
      const adapter = await connect(databaseUrl(url, name))
      const dispose = adapter.dispose.bind(adapter)
      adapter.dispose = async () => {
        await dispose()
        await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
        await admin.end()
      }
      return adapter
    },
  }
}

/** A pool that marks the columns of type "char", for {@link adaptChar} to recognise. */
function charPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>
  const marked = async (...args: unknown[]) => {
    const result = await query(...args)
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== CHAR_OID) continue
      field.dataTypeID = TEXT_OID
      field.name = CHAR_MARK + field.name
    }
    return result
  }
  return Object.assign(pool, { query: marked })
}

function adaptChar(adapter: SqlDriverAdapter & { underlyingDriver(): pg.Pool }): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    result.columnNames.forEach((name, index) => {
      if (!name.startsWith(CHAR_MARK)) return
      result.columnNames[index] = name.slice(CHAR_MARK.length)
      result.columnTypes[index] = ColumnTypeEnum.Character
    })
    return result
  }
  // The adapter's own version cuts at every semicolon, also inside a function's body. The server takes the whole.
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(finishedWithin(script))
  }
  return adapter
}

// What cannot stand in one transaction with other statements, or ends it.
const OWN_TRANSACTION = /\b(CONCURRENTLY|COMMIT|ROLLBACK|VACUUM|ALTER\s+SYSTEM|CREATE\s+DATABASE)\b/i

/**
 * The statements of a script sent at once are one transaction. This one also notes that the migration is
 * finished, which the engine does afterwards: a process killed in between would leave it applied but unfinished.
 */
function finishedWithin(script: string): string {
  if (OWN_TRANSACTION.test(script)) return script
  const checksum = createHash('sha256').update(script).digest('hex')
  return `${script}
;DO $finished$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now()
     WHERE checksum = '${checksum}' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $finished$;`
}
