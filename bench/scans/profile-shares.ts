import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serviceNames } from '../../e2e/setup/home.ts'
import type { Table } from '../report/result.ts'
import { percent } from '../report/table.ts'

/** What of a CPU profile is read. https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** What part of a process's busy time was spent in itself by some code, most first. */
export interface Share {
  readonly code: string
  readonly part: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const SHOWN = 12
const FEWEST_SAMPLES = 100

/** Sums the busy time of a profile by package, service or what else its code belongs to. */
export function sharesOf({ nodes, samples, timeDeltas }: CpuProfile, folder = root): Share[] {
  const codes = new Map(nodes.map(({ id, callFrame }) => [id, codeOf(callFrame, folder)]))
  const micros = new Map<string, number>()
  let busy = 0
  for (const [index, id] of samples.entries()) {
    const code = codes.get(id) ?? ''
    if (code === '(idle)') continue
    const taken = timeDeltas[index] ?? 0
    busy += taken
    micros.set(code, (micros.get(code) ?? 0) + taken)
  }
  return [...micros].map(([code, taken]) => ({ code, part: taken / busy })).sort((a, b) => b.part - a.part)
}

type CallFrame = CpuProfile['nodes'][number]['callFrame']

function codeOf({ functionName, url }: CallFrame, folder: string): string {
  if (url === '') return functionName.startsWith('(') ? functionName : '(built-in functions)'
  if (url.startsWith('node:'))
    return `Node's ${
      url
        .slice(5)
        .replace(/^internal\//, '')
        .split('/')[0]
    }`
  if (url.startsWith('wasm:')) return 'WebAssembly'
  const installed = url.lastIndexOf('/node_modules/')
  const path = url.replace(/^file:\/\//, '')
  if (installed < 0) return path.replace(folder, '').split('/').slice(0, 2).join('/')
  const [scope = '', name] = url.slice(installed + '/node_modules/'.length).split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

/** A table for each of the profiles of a folder that were not there before. */
export function profileTables(folder: string, before: ReadonlySet<string>): Table[] {
  return profilesOf(folder)
    .filter((name) => !before.has(name))
    .flatMap((name) => {
      const profile = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile
      if (profile.samples.length < FEWEST_SAMPLES) return []
      const rows = sharesOf(profile).slice(0, SHOWN)
      return [
        {
          title: `Where the time of ${programOf(profile)} goes (${name})`,
          rows: [['', 'of its busy time'], ...rows.map(({ code, part }) => [code, percent(part)])],
        },
      ]
    })
}

/** Names of the profiles in a folder. */
export function profilesOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
}

const programs = [
  ['the load', '/bench/scans/load.ts'],
  ['the floor', '/bench/scans/floor.ts'],
  ['the gateway and what runs with it', '/gateway/src/'],
  ...serviceNames.map((name) => [name, `/subgraphs/${name}/src/main.ts`]),
] as const

/** What runs in a process, by the code that it has. */
function programOf({ nodes }: CpuProfile): string {
  const found = programs.find(([, path = '']) => nodes.some(({ callFrame }) => callFrame.url.includes(path)))
  return found?.[0] ?? 'a process'
}
