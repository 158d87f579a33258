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
  const explaining = byAnchor(breaking)
  const unexplained = collector(byAnchor(api))
  const validated = { base: schemas.base, head: withScalars(schemas.head) }
  for (const operation of operations) {
    const found = operation.document ? invalidations(validated, operation.document) : []
    for (const invalidation of found) {
      const explained = nearest(invalidation, explaining)
      for (const one of explained) broken.get(one)?.add(operation)
      if (explained.length === 0) unexplained.add(invalidation, operation)
    }
  }
  return { broken, unexplained: unexplained.all() }
}

/** Gathers what no breaking change explains by the changed element that is nearest. */
function collector(changed: ByAnchor) {
  const found = new Map<string, Unexplained & { readonly operations: Set<KnownOperation> }>()
  return {
    add(invalidation: Invalidation, operation: KnownOperation): void {
      const [near] = nearest(invalidation, changed)
      const { message, coordinates } = invalidation
      const coordinate = near?.change.coordinate ?? coordinates[0]
      const key = `${coordinate}\n${near ? '' : message}`
      const same = found.get(key) ?? { coordinate, message, operations: new Set() }
      same.operations.add(operation)
      found.set(key, same)
    },
    all: (): Unexplained[] => [...found.values()],
  }
}

/**
 * A schema knows the scalars of GraphQL that it uses. With all of them, a variable of one that it uses no more is an error at
 * the argument that changed, and not one of a type that nobody took away.
 */
function withScalars(schema: GraphQLSchema): GraphQLSchema {
  const { types, ...config } = schema.toConfig()
  return new GraphQLSchema({ ...config, types: [...types, ...specifiedScalarTypes] })
}

/**
 * Whether an operation uses something of a type or a directive that changed in the API. What it uses names the types that it
 * selects from and those of its variables, so that no other can stop being valid.
 */
export function touchedBy(changes: readonly AttributedChange[]): (uses: ReadonlySet<string>) => boolean {
  const types = new Set(
    changes
      .filter(({ change }) => change.schema === 'api')
      .flatMap((one) => anchorsOf(one).map((anchor) => anchor.split('.', 1)[0])),
  )
  return (uses) => {
    for (const coordinate of uses) if (types.has(coordinate.split('.', 1)[0])) return true
    return false
  }
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
