import { documentIdOf } from '@headcount/access'
import { fail } from '@headcount/errors'
import { type DocumentNode, type GraphQLSchema, Kind, OperationTypeNode, parse, validate } from 'graphql'

/** A document that is good, or the errors for which it is refused. */
export type Reading = DocumentNode | readonly unknown[]

/** The documents that a service has parsed and validated, so that each is read once. */
export interface Documents {
  /** Reads a text, unless it is kept; only a good one is. Never throws. */
  ofText(text: string): Reading
  /** The document that is kept under `sha256:<hex>`; undefined when none is. */
  ofId(id: string): DocumentNode | undefined
}

/** How much is kept; the oldest is forgotten beyond either. */
export interface DocumentBounds {
  /** Number of documents. */
  readonly documents: number
  /** Characters of all their texts. */
  readonly characters: number
}

const DEFAULT_BOUNDS: DocumentBounds = { documents: 1000, characters: 8_000_000 }
const MAXIMUM_TOKENS = 20_000

interface Kept {
  readonly id: string
  readonly document: DocumentNode
}

/**
 * Keeps a schema's documents. Hot path: a hit is one look-up and moves nothing, so the oldest goes and not the least
 * used one; a gateway that is told so sends the text once more.
 */
export function createDocuments(schema: GraphQLSchema, bounds: DocumentBounds = DEFAULT_BOUNDS): Documents {
  const byText = new Map<string, Kept>()
  const byId = new Map<string, DocumentNode>()
  let characters = 0

  function keep(text: string, document: DocumentNode): void {
    const id = documentIdOf(text)
    byText.set(text, { id, document })
    byId.set(id, document)
    characters += text.length
    for (const [oldText, old] of byText) {
      if (byText.size <= bounds.documents && characters <= bounds.characters) return
      byText.delete(oldText)
      byId.delete(old.id)
      characters -= oldText.length
    }
  }

  return {
    ofId: (id) => byId.get(id),
    ofText(text) {
      const kept = byText.get(text)
      if (kept) return kept.document
      const read = readDocument(schema, text)
      if ('kind' in read) keep(text, read)
      return read
    },
  }
}

function readDocument(schema: GraphQLSchema, text: string): Reading {
  try {
    const document = parse(text, { maxTokens: MAXIMUM_TOKENS, noLocation: true })
    const errors = validate(schema, document)
    if (errors.length > 0) return errors
    return hasSubscription(document)
      ? [fail('BAD_REQUEST', 'A subscription is not answered here.')]
      : document
  } catch (error) {
    return [error]
  }
}

function hasSubscription({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.SUBSCRIPTION,
  )
}
