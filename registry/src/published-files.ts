import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Composed } from './composition/compose.ts'
import type { Subgraph } from './subgraph.ts'

/** How a file that composition publishes differs from the one on disk. */
export interface StaleFile {
  /** Below the folder, for example `subgraphs/events.graphql`. */
  path: string
  /** What is there; empty when the file is missing. */
  before: string
  /** What should be there; empty when the file should not exist. */
  after: string
}

/** The files of schema/ for a composition, by path below that folder. */
export function publishedFiles(composed: Composed, subgraphs: readonly Subgraph[]): Map<string, string> {
  return new Map([
    ['supergraph.graphql', composed.supergraphSdl],
    ['api.graphql', composed.apiSchemaSdl],
    ...subgraphs.map(({ name, sdl }): [string, string] => [`subgraphs/${name}.graphql`, sdl]),
  ])
}

/** The files that are missing, outdated, or of a subgraph that is no more. */
export function staleFiles(folder: string, files: ReadonlyMap<string, string>): StaleFile[] {
  const leftover = existing(folder)
    .filter((path) => !files.has(path))
    .map((path) => ({ path, before: readFileSync(join(folder, path), 'utf8'), after: '' }))
  const outdated = [...files].map(([path, after]) => {
    const file = join(folder, path)
    return { path, before: existsSync(file) ? readFileSync(file, 'utf8') : '', after }
  })
  return [...outdated, ...leftover].filter(({ before, after }) => before !== after)
}

/** Brings the stale files up to date. */
export function writeFiles(folder: string, stale: readonly StaleFile[]): void {
  for (const { path, after } of stale) {
    const file = join(folder, path)
    if (after === '') {
      rmSync(file)
    } else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, after)
    }
  }
}

function existing(folder: string): string[] {
  const subgraphs = join(folder, 'subgraphs')
  if (!existsSync(subgraphs)) return []
  return readdirSync(subgraphs)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => `subgraphs/${name}`)
}
