import type { DocumentNode, OperationDefinitionNode } from 'graphql'
import type { OperationAccess } from '../access/operation-access.ts'

/** An operation that was parsed and found valid; kept, so that this is done once. */
export interface KnownOperation {
  /** Unique among the operations of one supergraph. */
  readonly key: string
  /** The operation and the fragments that it uses, nothing else. */
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** What it may cost a viewer, and how it looks without what a viewer may not read. */
  readonly access: OperationAccess
}
