import { ManifestRefused, readManifest } from '@headcount/manifests'
import { type DocumentNode, GraphQLError, Kind, parse } from 'graphql'
import type { PublishedDocument } from '../weighing/evidence.ts'
import { UnreadableFile } from './unreadable-file.ts'

/**
 * The operations of a manifest's text, with the names that they have in it, and the client where the manifest names one ('' =
 * it does not). `file` is named in faults.
 *
 * @throws UnreadableFile where it is no manifest, or an operation's text is no GraphQL
 */
export function readOperations(text: string, file: string): PublishedDocument[] {
  return clientsOf(text, file).flatMap(({ client, documents }) =>
    documents.map(({ id, text: body }) => {
      const document = parseBody(body, `${file}: operation ${id}`)
      return { id, text: body, name: nameOf(document), client }
    }),
  )
}

function clientsOf(text: string, file: string) {
  try {
    return readManifest(text, '')
  } catch (err) {
    if (!(err instanceof ManifestRefused)) throw err
    throw new UnreadableFile(`${file} is no manifest: ${err.message}`)
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
