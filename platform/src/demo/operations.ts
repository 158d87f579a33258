import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TrustedDocument } from '@headcount/registry-api'
import { Kind, type OperationDefinitionNode, parse } from 'graphql'

const text = readFileSync(new URL('operations.graphql', import.meta.url), 'utf8')

const texts = new Map(
  parse(text)
    .definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)
    .map(({ name, loc }) => [name?.value ?? '', text.slice(loc?.start, loc?.end)]),
)

/** The name that the demo gives itself. */
export const demoClient = 'headcount-demo'

/** The text of one of the demo's operations. @throws Error for one that there is not */
export function operationNamed(name: string): string {
  const found = texts.get(name)
  if (found === undefined) throw new Error(`The demo has no operation ${name}.`)
  return found
}

/** All of them, to be published: a platform may run trusted documents alone. */
export function demoDocuments(): TrustedDocument[] {
  return [...texts].map(([name, own]) => ({
    id: createHash('sha256').update(own).digest('hex'),
    text: own,
    name,
  }))
}
