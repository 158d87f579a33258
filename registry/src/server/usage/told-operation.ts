import { createHash } from 'node:crypto'
import type { ReportedOperation } from '@headcount/registry-api'
import { type DocumentNode, GraphQLError, Kind, parse, print, visit } from 'graphql'
import { RegistryProblem } from '../endpoint.ts'

/**
 * An operation as it is kept. A gateway has made variables of the literals in arguments; what may be left (in directives,
 * in variables' defaults) goes here, so that no value of a client is ever stored: texts become `""`, numbers `0`. Names of
 * the schema and true, false and null stay.
 * @throws RegistryProblem when the id is not the text's, or the text is not one operation with its fragments
 */
export function withoutValues(operation: ReportedOperation): ReportedOperation {
  const { id, text } = operation
  if (createHash('sha256').update(text).digest('hex') !== id) {
    throw new RegistryProblem('BAD_REQUEST', `operation ${id}: the id must be the SHA-256 of its text`)
  }
  const document = parsed(operation)
  const definitions = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const isExecutable = document.definitions.every(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION,
  )
  if (definitions.length !== 1 || !isExecutable) {
    throw new RegistryProblem(
      'BAD_REQUEST',
      `operation ${id}: its text must be one operation with its fragments`,
    )
  }
  return { ...operation, text: plain(document, text) }
}

function parsed({ id, text }: ReportedOperation): DocumentNode {
  try {
    return parse(text, { noLocation: true })
  } catch (err) {
    if (!(err instanceof GraphQLError)) throw err
    throw new RegistryProblem('BAD_REQUEST', `operation ${id}: its text is not GraphQL: ${err.message}`)
  }
}

/** The text itself where it holds no value. */
function plain(document: DocumentNode, text: string): string {
  const changed = visit(document, {
    StringValue: (node) => (node.value === '' ? undefined : { ...node, value: '', block: false }),
    IntValue: (node) => (node.value === '0' ? undefined : { ...node, value: '0' }),
    FloatValue: (node) => (node.value === '0' ? undefined : { ...node, value: '0' }),
  })
  // A comment is a client's text too; what is printed has none.
  return changed === document && !text.includes('#') ? text : print(changed)
}
