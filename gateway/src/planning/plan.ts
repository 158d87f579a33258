/**
 * How an operation is answered by several subgraphs: the one form that the compiler knows, whichever planner made it.
 * Plain JSON, so that it can be kept, sent between threads and shown.
 */
export interface Plan {
  /** Undefined = nothing is to be fetched: the operation asks for `__typename` or the schema alone. */
  readonly root: PlanNode | undefined
}

export type PlanNode =
  | FetchNode
  | EntitiesNode
  | SequenceNode
  | ParallelNode
  | ConditionNode
  | DeferNode
  | SubscriptionNode

/** What every request to a subgraph has. */
interface SubgraphOperation {
  /** Name of the subgraph, as `@join__graph(name:)` has it. */
  readonly subgraph: string
  /** The GraphQL document that is sent. */
  readonly document: string
  readonly operationName: string | undefined
  /** Names of the client's variables that the document uses, without `$`. */
  readonly variables: readonly string[]
}

/** Fields of a root type. */
export interface FetchNode extends SubgraphOperation {
  readonly kind: 'fetch'
  /** Where objects of that root type stand, when it is entered again below the root: a payload's `query` field. */
  readonly path?: Path | undefined
  readonly operation: 'query' | 'mutation' | 'subscription'
  readonly outputRewrites: readonly Rewrite[]
  /** Within a deferred block: an id that other blocks depend on. */
  readonly id?: string | undefined
}

/** Fields of objects that are there already, one `_entities` field or several in one request. */
export interface EntitiesNode extends SubgraphOperation {
  readonly kind: 'entities'
  readonly groups: readonly EntityGroup[]
  readonly id?: string | undefined
}

/** One `_entities` field of a request. */
export interface EntityGroup {
  /** Its response key: `_entities`, or an alias where there are several. */
  readonly responseKey: string
  /** Variable of its representations, without `$`. */
  readonly variable: string
  /** Where the objects stand, from the root of the data. */
  readonly paths: readonly Path[]
  /** What of an object goes into its representation: one inline fragment a type. */
  readonly requires: readonly RequiredSelection[]
  readonly inputRewrites: readonly Rewrite[]
  readonly outputRewrites: readonly Rewrite[]
  /**
   * Arguments that `@fromContext` sets. Absent = none. A variable has one value a request, so objects with different
   * values are asked for in requests of their own; such a group is the only one of its node.
   */
  readonly contextArguments?: readonly ContextArgument[] | undefined
}

/** A variable of the document whose value stands in an object above those that are asked for. */
export interface ContextArgument {
  /** Name of the variable, without `$`. It is none of the client's. */
  readonly variable: string
  readonly isNullable: boolean
  /** Where the value may stand: the first source counts whose object has the type that it names. */
  readonly sources: readonly ContextSource[]
}

export interface ContextSource {
  /** How many fields of the group's path up from an object the one stands that sets the context; 0 = it does itself. */
  readonly up: number
  /** From there to the value. Paths do not name list items: of a list, every item gives its part. */
  readonly path: readonly RewriteSegment[]
}

/** From the root of the data to objects. */
export type Path = readonly PathSegment[]

/** A response key, every item of a list, or only objects of these types (object types and abstract ones). */
export type PathSegment =
  | { readonly kind: 'field'; readonly key: string }
  | { readonly kind: 'items' }
  | { readonly kind: 'types'; readonly names: readonly string[] }

export type RequiredSelection =
  | {
      readonly kind: 'field'
      /** Name in the subgraph, and key in the representation. */
      readonly name: string
      /** Key under which the data have it, where it is another one. */
      readonly alias: string | undefined
      readonly selections: readonly RequiredSelection[] | undefined
    }
  | {
      readonly kind: 'fragment'
      readonly type: string | undefined
      readonly selections: readonly RequiredSelection[]
    }

/** A change of what goes to a subgraph, or of what came from it. Paths do not name list items: all are meant. */
export type Rewrite =
  | { readonly kind: 'set'; readonly path: readonly RewriteSegment[]; readonly value: string }
  | { readonly kind: 'rename'; readonly path: readonly RewriteSegment[]; readonly key: string }

export type RewriteSegment =
  | { readonly kind: 'field'; readonly key: string }
  | { readonly kind: 'types'; readonly names: readonly string[] }

/** One after another. */
export interface SequenceNode {
  readonly kind: 'sequence'
  readonly nodes: readonly PlanNode[]
}

/** In any order. */
export interface ParallelNode {
  readonly kind: 'parallel'
  readonly nodes: readonly PlanNode[]
}

/** Depends on a Boolean variable. */
export interface ConditionNode {
  readonly kind: 'condition'
  readonly variable: string
  readonly whenTrue: PlanNode | undefined
  readonly whenFalse: PlanNode | undefined
}

/** First a part of the answer, then others (`@defer`). */
export interface DeferNode {
  readonly kind: 'defer'
  readonly primary: {
    /** What of the operation comes first, as a selection set; undefined = nothing. */
    readonly selection: string | undefined
    readonly node: PlanNode | undefined
  }
  readonly deferred: readonly {
    /** Ids of fetches, and labels of blocks, that must be there before. */
    readonly depends: readonly string[]
    readonly label: string | undefined
    /** Where in the answer it stands: response keys and `... on Type`. */
    readonly path: readonly string[]
    readonly selection: string | undefined
    readonly node: PlanNode | undefined
  }[]
}

/** Events of one subgraph, and what is fetched for each. */
export interface SubscriptionNode {
  readonly kind: 'subscription'
  readonly primary: FetchNode
  readonly rest: PlanNode | undefined
}
