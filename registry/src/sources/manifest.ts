import type { TrustedDocument } from '@headcount/registry-api'
import { type DocumentNode, GraphQLError, Kind, parse } from 'graphql'
import { UnreadableFile } from './unreadable-file.ts'

const shapes =
  'it takes Apollo\'s {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body"}]} or a map {"<id>": "<text>"}'

/**
 * Reads a manifest of published operations: Apollo's, or a plain map of ids to texts as graphql-codegen's client preset and
 * Relay write it. `file` is named in faults.
 *
 * @throws UnreadableFile where it is neither, or an operation's text is no GraphQL
 */
export function readManifest(text: string, file: string): TrustedDocument[] {
  return entriesOf(parseJson(text, file), file).map(([id, body]) => {
    const document = parseBody(body, `${file}: operation ${id}`)
    return { id: plainId(id), text: body, name: nameOf(document) }
  })
}

/** Some manifests write ids as clients send them: `sha256:` and the hash. */
function plainId(id: string): string {
  return id.startsWith('sha256:') ? id.slice('sha256:'.length) : id
}

function entriesOf(manifest: unknown, file: string): [string, string][] {
  if (!isObject(manifest)) throw new UnreadableFile(`${file} is no manifest: ${shapes}`)
  const isApollo = manifest['format'] === 'apollo-persisted-query-manifest'
  const entries = isApollo ? apolloEntries(manifest['operations']) : Object.entries(manifest)
  const wrong = entries?.find(([id, body]) => typeof id !== 'string' || id === '' || typeof body !== 'string')
  if (!entries || wrong) {
    const where = wrong ? ` (${JSON.stringify(wrong[0])})` : ''
    throw new UnreadableFile(`${file} is no manifest${where}: ${shapes}`)
  }
  return entries as [string, string][]
}

function apolloEntries(operations: unknown): [unknown, unknown][] | undefined {
  if (!Array.isArray(operations)) return undefined
  return operations.map((one) => (isObject(one) ? [one['id'], one['body']] : [one, undefined]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (err) {
    throw new UnreadableFile(`${file} is no JSON: ${err instanceof Error ? err.message : String(err)}`)
  }
}

function parseBody(body: string, where: string): DocumentNode {
  try {
    return parse(body, { noLocation: true })
  } catch (err) {
    if (!(err instanceof GraphQLError)) throw err
    throw new UnreadableFile(`${where} is no GraphQL: ${err.message}`)
  }
}

function nameOf({ definitions }: DocumentNode): string | null {
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  return (operation && 'name' in operation && operation.name?.value) || null
}
