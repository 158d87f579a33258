import { fail } from '@headcount/errors'
import {
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql'
import type { Limits } from '../limits.ts'
import { sizeProblem } from './check-limits.ts'
import { type DocumentSize, measureDocument } from './measure-document.ts'
import { isNestedDeeper } from './nesting.ts'
import { reword } from './reword.ts'

/** Errors of one answer; the rest would only repeat them. */
const maxErrors = 5

function parseDocument(text: string, limits: Limits): DocumentNode | GraphQLError {
  if (isNestedDeeper(text, limits.nesting, 'graphql')) {
    return fail('OPERATION_TOO_LARGE', `The document nests brackets deeper than ${limits.nesting}.`)
  }
  try {
    return parse(text, { maxTokens: limits.tokens })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    if (error.message.includes('Parsing aborted')) {
      return fail('OPERATION_TOO_LARGE', `The document has more than ${limits.tokens} tokens.`)
    }
    return reword(error, { code: 'GRAPHQL_PARSE_FAILED', introspection: true })
  }
}

/** An alias that means something else to JavaScript. */
function reservedAlias(document: DocumentNode): GraphQLError | undefined {
  let found: GraphQLError | undefined
  visit(document, {
    Field: ({ alias }) => {
      const key = alias?.value
      if (key !== '__proto__') return undefined
      found = fail('GRAPHQL_VALIDATION_FAILED', `The alias "${key}" is reserved: choose another name.`)
      return BREAK
    },
  })
  return found
}

/** graphql-js throws where a rule wants the value of a directive's variable, which no request has given yet. */
function validationErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: typeof specifiedRules,
): readonly GraphQLError[] {
  try {
    return validate(schema, document, rules, { maxErrors })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

/** Parses and validates a document: limits first, since validation is the work that they bound. */
export function readDocument(
  text: string,
  options: { readonly schema: GraphQLSchema; readonly limits: Limits; readonly introspection: boolean },
):
  | { readonly document: DocumentNode; readonly size: DocumentSize }
  | { readonly errors: readonly GraphQLError[] } {
  const { schema, limits, introspection } = options
  const document = parseDocument(text, limits)
  if (document instanceof GraphQLError) return { errors: [document] }
  const reserved = reservedAlias(document)
  if (reserved) return { errors: [reserved] }
  const size = measureDocument(document)
  const tooLarge = sizeProblem(size, limits)
  if (tooLarge) return { errors: [tooLarge] }
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const errors = validationErrors(schema, document, rules)
  if (errors.length === 0) return { document, size }
  return {
    errors: errors.map((error) => reword(error, { code: 'GRAPHQL_VALIDATION_FAILED', introspection })),
  }
}
