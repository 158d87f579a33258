import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { PublishDocumentsAnswer, PublishDocumentsRequest } from '@headcount/registry-api'
import type { RegistryHttp } from '../client/registry-http.ts'
import { readOperations } from '../sources/manifest.ts'
import { UnreadableFile } from '../sources/unreadable-file.ts'
import type { PublishedDocument } from '../weighing/evidence.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'

const help = `Usage: headcount operations publish FILE … [--client NAME] [--version V] [--registry URL]

Publishes the operations of a client's build, so that gateways let them through: all of them, or none where
one is refused. What the client published before stays. The same manifest once more adds nothing.

A FILE is a manifest; - stands for standard input:

  Apollo       {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body"}]}
  plain map    {"<id>": "<text>"}, as graphql-codegen's client preset and Relay write it

An id is the SHA-256 of its text, or an id of the client's own that never stands for another text.

  --client NAME    the name that the client sends with its requests; default: documents of nobody in particular. An
                   operation of Apollo's form with a clientName is of that client
  --version V      the version of the build, for people
${requiredRegistryHelp}

Exit code: 0 published, or known already; 1 refused, with each reason; 2 could not run.
`

const mostNames = 1_000

export const publishCommand: Command = {
  help,
  options: { ...registryOption, client: { type: 'string', default: '' }, version: { type: 'string' } },
  names: { least: 1, most: mostNames, are: 'at least one FILE' },
  run: runPublish,
}

/** A manifest with the text that it was read from. */
interface ReadManifest {
  readonly file: string
  readonly text: string
  readonly documents: readonly PublishedDocument[]
}

interface Publishing {
  readonly registry: RegistryHttp
  readonly manifests: readonly ReadManifest[]
  readonly terminal: Terminal
}

async function runPublish(
  values: OptionValues,
  terminal: Terminal,
  names: readonly string[],
): Promise<number> {
  if (values['version'] === '') throw new UsageError('--version is empty: name one, or leave it out')
  const manifests: ReadManifest[] = []
  for (const name of names) manifests.push(await readOne(name, terminal))
  const documents = manifests.flatMap((manifest) => manifest.documents)
  if (documents.length === 0) throw new UnreadableFile(`${names.join(', ')}: there is no operation in it`)
  const registry = requireRegistry(values, terminal)
  let code = 0
  for (const [client, own] of Map.groupBy(documents, (one) => one.client || String(values['client']))) {
    const request = { client, documents: own.map(({ id, text: body, name }) => ({ id, text: body, name })) }
    const version = values['version'] === undefined ? {} : { version: String(values['version']) }
    code = Math.max(code, await publishFor({ ...request, ...version }, { registry, manifests, terminal }))
  }
  return code
}

/** Publishes the documents of one client: all, or none. */
async function publishFor(
  request: PublishDocumentsRequest,
  { registry, manifests, terminal }: Publishing,
): Promise<number> {
  // The same manifest once more adds nothing: it may be tried again.
  const answer = await registry.post<PublishDocumentsAnswer>('/documents', request, {
    ...{ accepts: [422], isIdempotent: true },
  })
  const owner = request.client === '' ? '' : ` of ${request.client}`
  for (const refused of answer.refused) terminal.err(refusal(refused, manifests))
  if (answer.refused.length > 0) {
    const count = answer.refused.length === 1 ? '1 operation' : `${answer.refused.length} operations`
    terminal.err(`Nothing${owner} was published: ${count} of ${request.documents.length} refused`)
    return 1
  }
  terminal.out(`Published ${answer.added} operations${owner}; ${answer.known} were known`)
  return 0
}

async function readOne(name: string, { folder, input = process.stdin }: Terminal): Promise<ReadManifest> {
  const file = name === '-' ? 'standard input' : name
  const whole = name === '-' ? await text(input) : readFile(name, folder)
  return { file, text: whole, documents: readOperations(whole, file) }
}

function readFile(name: string, folder: string): string {
  try {
    return readFileSync(resolve(folder, name), 'utf8')
  } catch (err) {
    const { code } = err as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UnreadableFile(`There is no file ${name}`)
    throw new UnreadableFile(`${name} cannot be read: ${code ?? String(err)}`)
  }
}

/** `web.json:12:5: Query (id): reason` */
function refusal(
  { id, name, reason }: PublishDocumentsAnswer['refused'][number],
  manifests: readonly ReadManifest[],
): string {
  const place = manifests.map((manifest) => placeOf(id, manifest)).find((found) => found !== undefined)
  const what = name === null ? id : `${name} (${id})`
  return `${place === undefined ? '' : `${place}: `}${what}: ${reason}`
}

/** Where an operation's id stands in a manifest. */
function placeOf(id: string, { file, text, documents }: ReadManifest): string | undefined {
  if (!documents.some((document) => document.id === id)) return undefined
  const index = Math.max(text.indexOf(JSON.stringify(id)), text.indexOf(JSON.stringify(`sha256:${id}`)))
  // A manifest may spell it by other escapes.
  if (index < 0) return file
  const before = text.slice(0, index).split('\n')
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}
