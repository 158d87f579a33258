import type { Viewer } from '@headcount/access'
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'

/** What travels with every fetch of one operation. */
export interface FetchContext {
  readonly viewer: Viewer | undefined
  readonly requestId: string
  readonly traceparent: string
  readonly signal: AbortSignal
}

/** One operation to run, access already cut out of it. */
export interface Execution {
  /** One operation and the fragments that it uses. */
  readonly document: DocumentNode
  /** Names the document: plans are kept by it. */
  readonly key: string
  /** As the client sent them; already found good. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: FetchContext
}

/** Serves queries and mutations over one supergraph. */
export interface Executor {
  /** What clients see. */
  readonly schema: GraphQLSchema
  /** Answers with data, partial where a subgraph failed; errors carry the client's paths and are not masked yet. */
  execute(execution: Execution): Promise<ExecutionResult>
  stop(): Promise<void>
}
