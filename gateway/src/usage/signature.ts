import { createHash } from 'node:crypto'
import { operationCoordinates } from '@headcount/coordinates'
import type { GraphQLSchema } from 'graphql'
import type { KnownOperation } from '../operations/known-operation.ts'
import { textWithoutValues } from './without-values.ts'

/** An operation as reports know it. */
export interface Signature {
  /** SHA-256 of `text`, hexadecimal: texts of clients that differ in values alone have the same. */
  readonly id: string
  /** The operation without values. */
  readonly text: string
  /** What the client's text uses; its literals' input fields and enum values differ between texts of one id. */
  readonly coordinates: readonly string[]
}

const made = new WeakMap<KnownOperation, Signature>()
/** Thousands of operations name the same elements of one schema: each name is kept once. */
const names = new WeakMap<GraphQLSchema, Map<string, string>>()

function shared(schema: GraphQLSchema, coordinates: ReadonlySet<string>): string[] {
  const known = names.get(schema) ?? new Map<string, string>()
  names.set(schema, known)
  return [...coordinates].map((coordinate) => {
    const before = known.get(coordinate)
    if (before !== undefined) return before
    known.set(coordinate, coordinate)
    return coordinate
  })
}

/** The signature of an operation of a schema. Made when it is first reported, not when it runs, and kept with it. */
export function signatureOf(operation: KnownOperation, schema: GraphQLSchema): Signature {
  const before = made.get(operation)
  if (before) return before
  const text = textWithoutValues(schema, operation.document)
  const signature = {
    id: createHash('sha256').update(text).digest('hex'),
    text,
    coordinates: shared(schema, operationCoordinates(schema, operation.document)),
  }
  made.set(operation, signature)
  return signature
}
