import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { RegistrySettings } from '../settings/settings.ts'
import { readWorkingTree } from '../sources/working-tree.ts'
import { placeholderUrl, type Subgraph } from '../subgraph.ts'
import { type OptionValues, type Terminal, UsageError } from './command.ts'

/** The text of `--subgraph` and `--schema` for a command's help. */
export const subgraphHelp = `  --subgraph NAME  only this subgraph is new; all others are as they are in what is compared with
  --schema FILE    its schema, when it is not among the repository's subgraphs`

/** The options themselves. */
export const subgraphOptions = { subgraph: { type: 'string' }, schema: { type: 'string' } } as const

/** The one subgraph that is named; undefined = all are meant. Throws a UsageError. */
export function oneSubgraph(
  { subgraph, schema }: OptionValues,
  { root, folder }: Terminal,
  settings: RegistrySettings,
): Subgraph | undefined {
  if (subgraph === undefined && schema !== undefined) {
    throw new UsageError('--schema is the schema of which subgraph? Name it with --subgraph')
  }
  if (subgraph === undefined) return undefined
  const name = String(subgraph)
  const known = readWorkingTree(root, settings)
  const found = known.find((one) => one.name === name)
  if (schema !== undefined)
    return fromFile({ name, url: found?.url ?? placeholderUrl(name) }, resolve(folder, String(schema)), root)
  if (found) return found
  const names = known.map((one) => one.name).join(', ')
  throw new UsageError(
    `There is no subgraph '${name}' here (${names || 'there is none'}): name its file with --schema`,
  )
}

function fromFile(named: Pick<Subgraph, 'name' | 'url'>, path: string, root: string): Subgraph {
  if (!existsSync(path)) throw new UsageError(`There is no file '${path}' (--schema)`)
  return { ...named, sdl: readFileSync(path, 'utf8'), file: relative(root, path) }
}
