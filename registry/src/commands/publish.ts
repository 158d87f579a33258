import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import type { PublishRequest, VersionDetail } from '@headcount/registry-api'
import { RegistryError } from '../client/registry-error.ts'
import type { RegistryHttp } from '../client/registry-http.ts'
import { readContext } from '../sources/check-context.ts'
import { readRunningSubgraph } from '../sources/running-subgraph.ts'
import { readWorkingTree } from '../sources/working-tree.ts'
import { placeholderUrl, type Subgraph } from '../subgraph.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'
import { sendVersion } from './send-version.ts'

const help = `Usage: headcount schema publish --subgraph NAME --url URL [--schema FILE] [options]
       headcount schema publish --all [options]

Publishes the schema of a subgraph: the registry stores a version of the whole graph, composes it and,
when it composes, gives it to all gateways. One that does not compose is stored and refused; what is live
stays live. Publishing what is live already changes nothing, so it may be repeated.

  --subgraph NAME  the subgraph
  --url URL        where gateways reach it; default: where it is live, else what the repository says
  --schema FILE    its schema, - = from the standard input; default: the repository's file of it, else
                   the subgraph that runs at the URL is asked for it
  --all            every subgraph of the repository, as one version
  --message TEXT   why, for the history
  --author NAME    who; default: as git or the CI says
  --commit ID      of what; default: as git or the CI says
${requiredRegistryHelp}

Exit code: 0 live, or live before; 1 refused: it does not compose; 2 could not run.
`

export const publishCommand: Command = {
  help,
  options: {
    ...registryOption,
    subgraph: { type: 'string' },
    url: { type: 'string' },
    schema: { type: 'string' },
    all: { type: 'boolean', default: false },
    message: { type: 'string' },
    author: { type: 'string' },
    commit: { type: 'string' },
  },
  run: runPublish,
}

async function runPublish(values: OptionValues, terminal: Terminal): Promise<number> {
  const registry = requireRegistry(values, terminal)
  const subgraphs = values['all']
    ? await wholeTree(values, terminal, registry)
    : [await one(values, terminal, registry)]
  const context = readContext(terminal.root, terminal.environment)
  const request: PublishRequest = {
    subgraphs,
    message: text(values['message']),
    author: text(values['author']) ?? context.author,
    commit: text(values['commit']) ?? context.commit,
  }
  return sendVersion(registry, { path: '/versions', request, terminal })
}

async function wholeTree(
  values: OptionValues,
  { root }: Terminal,
  registry: RegistryHttp,
): Promise<Subgraph[]> {
  const without = ['subgraph', 'url', 'schema'].find((name) => values[name] !== undefined)
  if (without) throw new UsageError(`--all and --${without} do not go together`)
  const subgraphs = readWorkingTree(root)
  if (subgraphs.length === 0) throw new UsageError(`There is no subgraph in ${root} (--all)`)
  const live = await liveAddresses(registry)
  return subgraphs.map((subgraph) => ({ ...subgraph, url: addressOf(subgraph, live) }))
}

async function one(values: OptionValues, terminal: Terminal, registry: RegistryHttp): Promise<Subgraph> {
  const name = text(values['subgraph'])
  if (!name) throw new UsageError('Which subgraph? Name it with --subgraph, or publish --all')
  const found = readWorkingTree(terminal.root).find((subgraph) => subgraph.name === name)
  const url = text(values['url']) ?? addressOf(found ?? { name }, await liveAddresses(registry))
  if (url === placeholderUrl(name) && !found) {
    throw new UsageError(`Where do gateways reach '${name}'? Name its address with --url`)
  }
  const schema = text(values['schema'])
  if (schema !== undefined) return { name, url, ...(await readSchema(schema, terminal)) }
  if (found) return { ...found, url }
  return { name, url, sdl: await readRunningSubgraph(url) }
}

async function readSchema(schema: string, terminal: Terminal): Promise<Pick<Subgraph, 'sdl' | 'file'>> {
  if (schema === '-') return { sdl: await readAll(terminal.input ?? process.stdin) }
  const path = resolve(terminal.folder, schema)
  try {
    return { sdl: readFileSync(path, 'utf8'), file: relative(terminal.root, path) }
  } catch (err) {
    throw new UsageError(`${path} cannot be read (--schema): ${(err as Error).message}`)
  }
}

/** What the repository says by name goes first, then where it is live; else an address that never resolves. */
function addressOf({ name, url }: { name: string; url?: string }, live: ReadonlyMap<string, string>): string {
  const isNamed = url !== undefined && url !== placeholderUrl(name)
  return isNamed ? url : (live.get(name) ?? placeholderUrl(name))
}

async function liveAddresses(registry: RegistryHttp): Promise<Map<string, string>> {
  try {
    const { subgraphs } = await registry.get<VersionDetail>('/versions/live')
    return new Map(subgraphs.map(({ name, url }) => [name, url]))
  } catch (err) {
    if (err instanceof RegistryError && err.code === 'NOT_FOUND') return new Map()
    throw err
  }
}

function text(value: OptionValues[string]): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
