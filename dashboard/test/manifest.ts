import { readFileSync } from 'node:fs'
import { type DocumentNode, parse } from 'graphql'
import { trustedDocument } from '../src/graph/trusted-document.ts'

/** What a platform lets through: texts by their ids. */
export const manifest: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../schema/documents/dashboard.json', import.meta.url), 'utf8'),
)

/** What the platform runs for an id. */
export function documentOf(documentId: string): DocumentNode {
  const text = manifest[documentId]
  if (text === undefined) throw new Error(`schema/documents/dashboard.json has no ${documentId}.`)
  return parse(text)
}

/** Name of an operation that the page has only the id of. */
export function operationName(document: Parameters<typeof trustedDocument>[0]): string {
  const [operation] = documentOf(trustedDocument(document).documentId).definitions
  return operation?.kind === 'OperationDefinition' ? (operation.name?.value ?? '') : ''
}
