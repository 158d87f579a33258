import { GraphQLSchema, specifiedScalarTypes } from 'graphql'
import type { AttributedChange } from '../comparison/attribute-changes.ts'
import { anchorsOf, breaksOf } from './breaks.ts'
import { type Invalidation, invalidations } from './invalidations.ts'
import type { KnownOperation } from './known-operations.ts'

/** Operations that would no longer be valid though no breaking change says so. */
export interface Unexplained {
  /** The changed element that is nearest; else where the operation is wrong, where that is known. */
  readonly coordinate: string | undefined
  /** What validation says. */
  readonly message: string
  readonly operations: ReadonlySet<KnownOperation>
}

/** What breaks what. */
export interface Broken {
  /** Every breaking change of the API has an entry, empty where it breaks nothing. */
  readonly broken: ReadonlyMap<AttributedChange, ReadonlySet<KnownOperation>>
  readonly unexplained: readonly Unexplained[]
}

/** Finds the operations that each breaking change breaks: by what they use, and by validating them against the head. */
export function findBroken(
  changes: readonly AttributedChange[],
  operations: readonly KnownOperation[],
  schemas: { readonly base: GraphQLSchema; readonly head: GraphQLSchema },
): Broken {
  const api = changes.filter(({ change }) => change.schema === 'api')
  const breaking = api.filter(({ change }) => change.level === 'breaking')
  const broken = new Map(
    breaking.map((one) => [one, new Set(operations.filter(breaksOf(one, schemas.head)))] as const),
  )
  const anchored = { breaking: byAnchor(breaking), all: byAnchor(api) }
  const unexplained = new Map<
    string,
    { coordinate: string | undefined; message: string; operations: Set<KnownOperation> }
  >()
  const validated = { base: schemas.base, head: withScalars(schemas.head) }
  for (const operation of operations) {
    if (!operation.document) continue
    for (const invalidation of invalidations(validated, operation.document)) {
      const explaining = nearest(invalidation, anchored.breaking)
      for (const one of explaining) broken.get(one)?.add(operation)
      if (explaining.length > 0) continue
      const [near] = nearest(invalidation, anchored.all)
      const coordinate = near?.change.coordinate ?? invalidation.coordinates[0]
      const key = `${coordinate}\n${near ? '' : invalidation.message}`
      const same = unexplained.get(key) ?? {
        coordinate,
        message: invalidation.message,
        operations: new Set(),
      }
      same.operations.add(operation)
      unexplained.set(key, same)
    }
  }
  return { broken, unexplained: [...unexplained.values()] }
}

/**
 * A schema knows the scalars of GraphQL that it uses. With all of them, a variable of one that it uses no more is an error at
 * the argument that changed, and not one of a type that nobody took away.
 */
function withScalars(schema: GraphQLSchema): GraphQLSchema {
  const { types, ...config } = schema.toConfig()
  return new GraphQLSchema({ ...config, types: [...types, ...specifiedScalarTypes] })
}

type ByAnchor = ReadonlyMap<string, readonly AttributedChange[]>

function byAnchor(changes: readonly AttributedChange[]): ByAnchor {
  const found = new Map<string, AttributedChange[]>()
  for (const one of changes) {
    for (const anchor of anchorsOf(one)) found.set(anchor, [...(found.get(anchor) ?? []), one])
  }
  return found
}

function nearest({ coordinates }: Invalidation, anchored: ByAnchor): readonly AttributedChange[] {
  for (const coordinate of coordinates) {
    const found = anchored.get(coordinate)
    if (found) return found
  }
  return []
}
