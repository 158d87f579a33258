/** What the fields of an operation may cost together, by `@cost` and `@listSize`. */
export interface CostLimit {
  /** The most that an operation may cost. */
  readonly maximum: number
  /** Length that a list without `@listSize` counts as. */
  readonly defaultListSize: number
  /** Whether an operation that costs more is refused, or only counted. */
  readonly mode: 'enforce' | 'measure'
}

/** What a request may cost before any work is done for it. */
export interface Limits {
  /** Bytes of a request's body; the rest is not read (413). */
  readonly bodyBytes: number
  /** Lexical tokens of a document. */
  readonly tokens: number
  /** Brackets within brackets in a document, its variables or a body; keeps recursive code off the stack's end. */
  readonly nesting: number
  /** Fields within fields, fragments unfolded. */
  readonly depth: number
  /** Aliased and repeated fields, fragments unfolded. */
  readonly aliases: number
  /** Fields of the operation itself, fragments unfolded. */
  readonly rootFields: number
  /** Directives, fragments unfolded. */
  readonly directives: number
  /** All fields, fragments unfolded: a document of 200 bytes can unfold to millions. */
  readonly fields: number
  /** What an operation's fields may cost together; undefined = costs are not computed. */
  readonly cost: CostLimit | undefined
  /** Requests under way at once; more are turned away (503). */
  readonly requestsInProgress: number
  /** Time for one request, in milliseconds (504). */
  readonly requestMs: number
  /** Time for one fetch to a subgraph, in milliseconds, unless `upstream` or the subgraph says otherwise. */
  readonly fetchMs: number
  /** Connections to one address of a subgraph, unless `upstream` or the subgraph says otherwise. */
  readonly connectionsPerSubgraph: number
  /** WebSockets and event streams open at once. */
  readonly liveConnections: number
  /** Operations under way on one WebSocket or event stream. */
  readonly operationsPerConnection: number
  /** Bytes of one WebSocket message; a longer one closes the socket. */
  readonly messageBytes: number
  /** Documents kept parsed and validated. */
  readonly knownDocuments: number
  /** Plans and their compiled programs kept. */
  readonly plans: number
}

/** The limits that hold unless an option says otherwise. */
export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  tokens: 10_000,
  nesting: 100,
  depth: 30,
  aliases: 200,
  rootFields: 50,
  directives: 200,
  fields: 5_000,
  cost: undefined,
  requestsInProgress: 1_000,
  requestMs: 10_000,
  fetchMs: 5_000,
  connectionsPerSubgraph: 128,
  liveConnections: 15_000,
  operationsPerConnection: 100,
  messageBytes: 262_144,
  knownDocuments: 2_000,
  plans: 2_000,
}
