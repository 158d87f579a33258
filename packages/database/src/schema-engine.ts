import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory, type ErrorRegistry } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { engineAdapter } from './engine-adapter.ts'
import type { MigrationsFolder } from './migrations-folder.ts'

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

// The engine adds where in its own source it was.
const ENGINE_FRAMES = /\n\s+0: /

/** Prisma's schema filter with nothing in it: everything in the database is ours. */
export const EVERYTHING = { externalTables: [], externalEnums: [] }

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
  const factory = bindMigrationAwareSqlAdapterFactory(engineAdapter(url, pools))
  try {
    const datamodels: [string, string][] = [[folder.schema.path, folder.schema.content]]
    const engine = await SchemaEngine.new({ datamodels }, () => {}, factory)
    const result = await work(engine)
    engine.free()
    return result
  } catch (error) {
    throw engineError(error, panics, factory.errorRegistry)
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
        './schema_engine_bg.js': withoutHeldTimers(glue),
      },
    )
    glue.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    return glue
  })()
  return loading
}

/** The engine leaves the 10 s timer of its lock running, which would hold up the end of the process. */
function withoutHeldTimers(glue: object): object {
  const timers = Object.entries(glue)
    .filter(([name]) => name.startsWith('__wbg_setTimeout_'))
    .map(([name, set]) => [
      name,
      (...args: unknown[]) => (set as (...args: unknown[]) => NodeJS.Timeout)(...args).unref(),
    ])
  return { ...glue, ...Object.fromEntries(timers) }
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

function engineError(error: unknown, panics: PanicRegistry, registry: ErrorRegistry): Error {
  const message = panics.message || (error instanceof Error ? error.message : String(error))
  // What the database said stays on this side; the engine's message has its number alone.
  const id = /External error id#(\d+)/.exec(message)?.[1]
  const external = id === undefined ? undefined : registry.consumeError(Number(id))?.error
  const migration = /migration_name="([^"]+)"/.exec(message)?.[1]
  const reason = external ? databaseMessage(external) : message.split(ENGINE_FRAMES)[0]
  return new Error(migration ? `Migration ${migration}: ${reason}` : `${reason}`.trim(), { cause: error })
}

function databaseMessage(error: unknown): string {
  const { cause } = error as { cause?: { originalMessage?: string } }
  return cause?.originalMessage ?? (error instanceof Error ? error.message : String(error))
}
