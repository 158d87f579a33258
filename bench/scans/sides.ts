import { join } from 'node:path'
import { removeCluster } from '@headcount/postgres'
import type { Ground as BenchGround } from '../processes/run-bench.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import type { LoadResult, LoadRun } from './load.ts'
import type { KindsUsage, PlatformPlace, PlatformStart } from './platform.ts'
import type { ScanOptions } from './read-options.ts'
import { buildSlowDisk } from './slow-disk.ts'

/** A platform that runs. */
export interface RunningPlatform {
  readonly child: Child
  readonly place: PlatformPlace
}

/** Starts the parts of a bench; they end with it. */
export interface Stage {
  /** Starts a platform with a folder of its own. */
  platform(name: string, environment?: Readonly<Record<string, string>>): Promise<RunningPlatform>
  /** Starts a program of this folder. */
  program(file: string): Child
  /** Lets all programs end, so that their profiles are written. */
  end(): Promise<void>
  /** Removed afterwards. */
  readonly folder: string
}

/** What one run of load gave, with what it took of each kind of process. */
export interface Measured extends LoadResult, KindsUsage {}

/** Prepares what parts are started with. */
export function openStage({ folder, atEnd }: BenchGround, options: ScanOptions): Stage {
  const { profile, isSeparate, isSlow } = options
  const preload = isSlow ? buildSlowDisk(folder) : undefined
  const children: Child[] = []
  const program = (file: string) => {
    const child = startChild(new URL(file, import.meta.url), profile)
    children.push(child)
    atEnd(() => child.stop())
    return child
  }
  return {
    folder,
    program,
    async platform(name, environment = {}) {
      const dataDirectory = join(folder, `${name}-${children.length}`)
      atEnd(() => removeCluster(dataDirectory))
      const child = program('platform.ts')
      const start: PlatformStart = {
        dataDirectory,
        services: isSeparate ? 'separate' : 'all-in-one',
        environment: { ...settings, ...profiling(profile), ...environment },
        preload,
      }
      return { child, place: await child.ask<PlatformPlace>('start', start) }
    },
    // The last first: a floor still uses a platform's Postgres.
    async end() {
      for (const child of children.toReversed()) await child.stop()
    },
  }
}

// What is measured is the ledger, not how much one device may do.
const settings = { HEADCOUNT_GATES_DEVICE_BUDGET: '0' }

/** The services that a platform starts as processes of their own. */
function profiling(folder: string | undefined): Record<string, string> {
  return folder === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` }
}

/** Runs load, says what the platform's processes took meanwhile, and waits until nothing is under way. */
export async function measureRun(load: Child, platform: Child, run: LoadRun): Promise<Measured> {
  const before = await platform.ask<KindsUsage>('kindsUsage')
  const result = await load.ask<LoadResult>('run', run)
  const after = await platform.ask<KindsUsage>('kindsUsage')
  // What a platform that cannot keep up still holds would be done at the expense of the next run.
  await load.ask('settle', run.target)
  return {
    ...result,
    nodeMicros: after.nodeMicros - before.nodeMicros,
    postgresMicros: after.postgresMicros - before.postgresMicros,
  }
}
