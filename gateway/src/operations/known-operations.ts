import { createHash } from 'node:crypto'
import { fail } from '@headcount/errors'
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  separateOperations,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { AccessRules } from '../access/rules.ts'
import type { Limits } from '../limits.ts'
import type { CostRules } from './cost-rules.ts'
import { type KnownOperation, knownOperation } from './known-operation.ts'
import { readDocument } from './read-document.ts'

/** Bytes of documents' text that are kept; a parsed document takes some ten times its text. */
const keptBytes = 16 * 1_048_576

type ReadDocument = Exclude<ReturnType<typeof readDocument>, { readonly errors: unknown }>

interface Entry {
  readonly hash: string
  readonly read: ReturnType<typeof readDocument>
  readonly operations: Map<string, KnownOperation | GraphQLError>
}

/** An operation, and how to find it again. */
export interface BusyOperation {
  readonly text: string
  readonly operationName: string
  readonly operation: KnownOperation
}

/** The operations that were seen under one supergraph. */
export interface KnownOperations {
  /** The operation of a document, by its name where there are several. @throws GraphQLError or RefusedDocument */
  find(text: string, operationName: string | undefined): KnownOperation
  /** The operations that were found most often, the busiest first. */
  busiest(count: number): BusyOperation[]
  /** How often a document was known, how often it had to be read, and how many are kept. */
  readonly counts: { readonly hits: number; readonly misses: number; readonly entries: number }
}

/** Several errors at once; the pipeline knows it. */
export class RefusedDocument extends Error {
  readonly errors: readonly GraphQLError[]
  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message)
    this.errors = errors
  }
}

function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name)
}

function unknownName(document: DocumentNode, name: string): GraphQLError {
  if (name !== '') return fail('OPERATION_RESOLUTION_FAILURE', `There is no operation named ${quote(name)}.`)
  const hasAny = document.definitions.some((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return fail(
    'OPERATION_RESOLUTION_FAILURE',
    hasAny
      ? 'The document has several operations: say which one by "operationName".'
      : 'The document has no operation.',
  )
}

/** Keeps documents parsed and validated by their text; bounded in number and size, the longest unused go first. */
export function knownOperations(options: {
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly limits: Limits
  readonly introspection: boolean
  /** What fields cost; undefined = nobody asks. */
  readonly costs?: CostRules | undefined
}): KnownOperations {
  const { schema, rules, limits, costs } = options
  const entries = new LRUCache<string, Entry>({
    max: limits.knownDocuments,
    maxSize: keptBytes,
    sizeCalculation: (_entry, text) => text.length + 1,
  })
  const counts = {
    hits: 0,
    misses: 0,
    get entries() {
      return entries.size
    },
  }
  const resolve = (
    entry: Entry,
    { document, size }: ReadDocument,
    name: string,
  ): KnownOperation | GraphQLError => {
    const definition = getOperationAST(document, name === '' ? undefined : name)
    if (!definition) return unknownName(document, name)
    // graphql-js finds this only when it executes.
    if (!schema.getRootType(definition.operation)) {
      return fail('GRAPHQL_VALIDATION_FAILED', `The schema has no ${definition.operation} fields.`)
    }
    const own = separateOperations(document)[definition.name?.value ?? ''] ?? document
    const key = `${entry.hash}:${definition.name?.value ?? ''}`
    return knownOperation({ key, schema, rules, document: own, definition, size, costs })
  }
  return {
    counts,
    busiest(count) {
      const all: BusyOperation[] = []
      for (const [text, { operations }] of entries.entries()) {
        for (const [operationName, operation] of operations) {
          if ('key' in operation) all.push({ text, operationName, operation })
        }
      }
      return all.sort((a, b) => b.operation.uses - a.operation.uses).slice(0, count)
    },
    find(text, operationName = '') {
      let entry = entries.get(text)
      if (entry) counts.hits += 1
      else {
        counts.misses += 1
        const hash = createHash('sha256').update(text).digest('hex')
        entry = { hash, read: readDocument(text, options), operations: new Map() }
        entries.set(text, entry)
      }
      if ('errors' in entry.read) throw new RefusedDocument(entry.read.errors)
      const known = entry.operations.get(operationName)
      if (known && 'key' in known) {
        known.uses += 1
        return known
      }
      const found = resolve(entry, entry.read, operationName)
      if (!('key' in found)) throw found
      entry.operations.set(operationName, found)
      return found
    },
  }
}
