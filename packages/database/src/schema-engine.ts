import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import type { MigrationsFolder } from './migrations-folder.ts'
import { databaseUrl } from './server-databases.ts'

type EngineModule = typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: object): void }

// Node has it, but its types come with those of browsers alone.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Record<string, object>,
    ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>
  }
}

/** Prisma's schema filter with nothing in it: everything in the database is ours. */
export const EVERYTHING = { externalTables: [], externalEnums: [] }

// The type "char" of the catalogue, which the adapter cannot name. https://github.com/prisma/orm/issues/27403
const CHAR_OID = 18
const TEXT_OID = 25
const CHAR_MARK = '\u0001'

/**
 * Runs `work` with Prisma's schema engine, the WebAssembly build, so that no engine binary is needed.
 * @throws Error with the engine's message, without its stack.
 */
export async function withSchemaEngine<T>(
  url: string,
  folder: MigrationsFolder,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const panics = panicRegistry()
  const { SchemaEngine } = await loadEngine()
  const pools: pg.Pool[] = []
  const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(url, pools))
  try {
    const datamodels: [string, string][] = [[folder.schema.path, folder.schema.content]]
    const engine = await SchemaEngine.new({ datamodels }, () => {}, factory)
    const result = await work(engine)
    engine.free()
    return result
  } catch (error) {
    throw engineError(error, panics)
  } finally {
    // The engine disposes of shadow databases, but leaves the main connections open.
    await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()))
  }
}

/** The migrations as the engine takes them. */
export function migrationList(folder: MigrationsFolder): MigrationList {
  return {
    baseDir: folder.migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: folder.lockfile ?? null },
    shadowDbInitScript: '',
    migrationDirectories: folder.migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

/** `schema.prisma` as the engine takes it. */
export function schemaFiles(folder: MigrationsFolder): SchemasContainer {
  return { files: [folder.schema] }
}

let loading: Promise<EngineModule> | undefined

function loadEngine(): Promise<EngineModule> {
  loading ??= (async () => {
    const require = createRequire(import.meta.url)
    const directory = dirname(require.resolve('@prisma/schema-engine-wasm'))
    // The package's entry imports the .wasm file as a module, which Node cannot do without a flag.
    const glue: EngineModule = await import(pathToFileURL(join(directory, 'schema_engine_bg.js')).href)
    const { instance } = await WebAssembly.instantiate(
      readFileSync(join(directory, 'schema_engine_bg.wasm')),
      {
        './schema_engine_bg.js': glue,
      },
    )
    glue.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    return glue
  })()
  return loading
}

interface PanicRegistry {
  message: string
  get(): string
  set_message(message: string): void
}

/** Where the engine leaves the reason of a panic; without it the error reads "unreachable" and nothing more. */
function panicRegistry(): PanicRegistry {
  const holder = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: PanicRegistry }
  holder.PRISMA_WASM_PANIC_REGISTRY ??= {
    message: '',
    get() {
      return this.message
    },
    set_message(message) {
      this.message = `RuntimeError: ${message}`
    },
  }
  return holder.PRISMA_WASM_PANIC_REGISTRY
}

function engineError(error: unknown, panics: PanicRegistry): Error {
  const reason = panics.message || (error instanceof Error ? error.message : String(error))
  return new Error(reason.trim(), { cause: error })
}

function adapterFactory(url: string, pools: pg.Pool[]): SqlMigrationAwareDriverAdapterFactory {
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
    await adapter.underlyingDriver().query(script)
  }
  return adapter
}
