import { type ReportedOperation, reportBounds } from '@headcount/registry-api'
import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { KnownOperation } from '../operations/known-operation.ts'
import type { Signature } from './signature.ts'
import type { Entry } from './usage-window.ts'

/** What was told of an operation. */
interface Told {
  readonly schema: GraphQLSchema
  readonly operation: ReportedOperation
  /** Coordinates told with it, to which the whole of it belongs. */
  readonly own: ReadonlySet<string>
  /** Others, told since: of variables, and of texts with other literals. */
  readonly inputs: Set<string>
  sinceMs: number
}

/** What is still to be told of an operation. */
export interface ToTell {
  readonly operation: ReportedOperation | undefined
  readonly coordinates: readonly string[]
}

/** An operation with what it has used. */
export type Used = Pick<Entry, 'operation' | 'schema' | 'documentId'> & {
  readonly inputs: ReadonlySet<string>
}

const keptOperations = 5_000
const keptBytes = 16 * 1_048_576
/** What an operation takes beside its text and the names of its coordinates, which operations share. */
const bytesACoordinate = 16

/** Coordinates that come in variables are told again after so long, in milliseconds: they are still used. */
const inputsHoldMs = 3_600_000

/**
 * What this process has told of operations, so that each is told once under a supergraph. Bounded: what has gone out of mind
 * is told again, which does no harm.
 */
export class ToldOperations {
  private readonly byId = new LRUCache<string, Told>({
    max: keptOperations,
    maxSize: keptBytes,
    sizeCalculation: ({ operation, own }) => operation.text.length + own.size * bytesACoordinate + 1,
  })

  get size(): number {
    return this.byId.size
  }

  /**
   * What is to be told of an operation with what it has used, and from now on was. One of a supergraph that serves no more
   * is told only where nobody knows it.
   *
   * @param current the schema that serves now
   */
  tell(
    { id, text, coordinates }: Signature,
    { operation, schema, documentId, inputs }: Used,
    { current, nowMs }: { readonly current: GraphQLSchema; readonly nowMs: number },
  ): ToTell {
    const before = this.byId.get(id)
    const isKnown = before && (before.schema === schema || schema !== current)
    const isBetterNamed = documentId !== null && before?.operation.documentId === null
    if (isKnown && !isBetterNamed)
      return { operation: undefined, coordinates: missing(before, [coordinates, inputs], nowMs) }
    const own = coordinates.slice(0, reportBounds.coordinates)
    const reported: ReportedOperation = {
      id,
      name: nameOf(operation),
      kind: operation.kind,
      text,
      coordinates: own,
      documentId,
    }
    const told: Told = { schema, operation: reported, own: new Set(own), inputs: new Set(), sinceMs: nowMs }
    this.byId.set(id, told)
    return { operation: reported, coordinates: missing(told, [coordinates, inputs], nowMs) }
  }

  /** All of an operation that was told; undefined = it is out of mind. */
  find(id: string): ReportedOperation | undefined {
    return this.byId.get(id)?.operation
  }

  /** What of it came in variables, as far as it was told lately. */
  inputsOf(id: string): Iterable<string> {
    return this.byId.get(id)?.inputs ?? []
  }

  /** Whoever was told has not heard it. */
  forget(id: string): void {
    this.byId.delete(id)
  }
}

/** Its name, cut, and without the text that it was cut from. */
function nameOf({ definition }: KnownOperation): string | null {
  const { name } = definition
  return name ? Buffer.from(name.value.slice(0, reportBounds.nameCharacters)).toString() : null
}

function missing(told: Told, used: readonly Iterable<string>[], nowMs: number): string[] {
  const { own, inputs } = told
  if (nowMs - told.sinceMs >= inputsHoldMs) {
    inputs.clear()
    told.sinceMs = nowMs
  }
  const found: string[] = []
  for (const coordinates of used) {
    for (const coordinate of coordinates) {
      if (own.has(coordinate) || inputs.has(coordinate)) continue
      inputs.add(coordinate)
      found.push(coordinate)
    }
  }
  return found
}
