import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import type { Home } from '../setup/home.ts'
import { type StartedProgram, startProgram } from '../setup/start-program.ts'
import { type Load, startLoad } from './load.ts'

/** A token of the registry that may do everything. */
export const token = `hcr_${'e'.repeat(43)}`
const environment = { HEADCOUNT_REGISTRY_TOKEN: token, LOG_LEVEL: 'info' }

const READY = /Gateway at (http:\S+)\/graphql/

/** What every program here is started with. */
export const settingsOf = (home: Home) => ({ ...home.environment, ...environment })

/** `headcount registry`. */
export interface RegistryProgram {
  /** Base address. */
  readonly url: string
  /** kill −9. */
  kill(): Promise<void>
  stop(): Promise<unknown>
}

/** Starts a registry; port 0 takes a free one. */
export async function startRegistry(home: Home, port = 0): Promise<RegistryProgram> {
  const words = ['registry', '--port', String(port), '--data', join(home.folder, 'registry')]
  const started = await startProgram(
    { words, environment: settingsOf(home), folder: home.folder },
    /Registry {2,}(http\S+)/,
  )
  return {
    url: started.ready[1] ?? '',
    async kill() {
      started.signalGroup('SIGKILL')
      await started.ended
    },
    stop: started.stop,
  }
}

/** A gateway with a copy of its own, and the load on it. */
export interface GatewayProgram {
  readonly name: string
  /** Right answers of its load so far. */
  answered(): number
  /** What was no right answer to its load, in words. */
  failures(): readonly string[]
  /** All that it has printed, also before it was started anew. */
  output(): string
  /** Whether its graph has the field. */
  serves(field: string): Promise<boolean>
  /** Ends its load and the gateway, and starts both anew at the same address. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts `headcount gateway --registry` and keeps it busy. */
export async function startGateway(home: Home, name: string, registryUrl: string): Promise<GatewayProgram> {
  const folder = join(home.folder, name)
  mkdirSync(folder)
  const loads: Load[] = []
  const start = async (port: number): Promise<StartedProgram> => {
    const words = ['gateway', '--registry', registryUrl, '--workers', '1', '--port', String(port)]
    const started = await startProgram({ words, environment: settingsOf(home), folder }, READY)
    loads.push(startLoad(started.ready[1] ?? ''))
    return started
  }
  const programs = [await start(0)]
  const url = programs[0]?.ready[1] ?? ''
  const stop = async () => {
    await loads.at(-1)?.stop()
    await programs.at(-1)?.stop()
  }
  return {
    name,
    answered: () => loads.reduce((sum, { answered }) => sum + answered, 0),
    failures: () => loads.flatMap(({ failures }) => failures),
    output: () => programs.map(({ output }) => output()).join(''),
    serves: (field) => serves(url, field),
    async restart() {
      await stop()
      programs.push(await start(Number(new URL(url).port)))
    },
    stop,
  }
}

async function serves(url: string, field: string): Promise<boolean> {
  const { statusCode, body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ ${field} }` }),
  })
  const text = await body.text()
  if (text.includes('GRAPHQL_VALIDATION_FAILED')) return false
  if (statusCode === 200 && text.startsWith(`{"data":{"${field}":`)) return true
  throw new Error(`Status ${statusCode}: ${text}`)
}
