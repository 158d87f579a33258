import type { Viewer } from '@headcount/access'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { type OperationAccess, operationAccess } from '../access/operation-access.ts'
import type { AccessRules } from '../access/rules.ts'
import type { Program } from '../execution/program.ts'
import { hasDefer } from '../execution/settle-defer.ts'
import { switchesOf } from '../execution/shape.ts'
import { type Coerced, compileCoercion } from './coerce-variables.ts'
import { type CostOf, compileCost } from './cost.ts'
import type { CostRules } from './cost-rules.ts'
import { introspectionPart } from './introspection-part.ts'
import type { DocumentSize } from './measure-document.ts'
import { type NormalisedOperation, normalise } from './normalise.ts'

/** What a program depends on beside its operation. */
export interface ProgramSample {
  readonly viewer: Viewer | undefined
  /** Policies that hold. */
  readonly held: ReadonlySet<string>
  /** The variables that switch parts on and off, at least. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Whether the client takes an answer in parts. */
  readonly isDeferWanted?: boolean | undefined
}

/** An operation that was parsed and found valid; kept, so that this is done once. */
export interface KnownOperation {
  /** Unique among the operations of one supergraph. */
  readonly key: string
  /** The operation and the fragments that it uses, nothing else. */
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** What a viewer must have for it. */
  readonly access: OperationAccess
  readonly normalised: NormalisedOperation
  /** Names of the variables that switch parts of it on and off. */
  readonly switches: readonly string[]
  /** Whether it has `@defer`. */
  readonly isDeferred: boolean
  /** The part that is answered from the schema alone. */
  readonly introspection: DocumentNode | undefined
  /** Checks the client's variables, and adds those that were literals. */
  coerce(variables: Readonly<Record<string, unknown>> | undefined): Coerced
  /** What its document unfolds to; undefined for one that the gateway has made itself. */
  readonly size: DocumentSize | undefined
  /** What it costs with its variables; undefined where nobody asks. */
  readonly cost: CostOf | undefined
  /** Its programs, by what they depend on beside it: few, since viewers and switches differ in few ways. */
  readonly programs: Map<string, Program>
  /** For whom each of them was made: the same are made ready before another supergraph serves. */
  readonly samples: Map<string, ProgramSample>
  /** How often it was found. */
  uses: number
}

/** Prepares an operation of a valid document. */
export function knownOperation(options: {
  readonly key: string
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly size?: DocumentSize | undefined
  readonly costs?: CostRules | undefined
}): KnownOperation {
  const { key, schema, rules, document, definition, size, costs } = options
  const normalised = normalise(schema, document, definition)
  return {
    key,
    document,
    definition,
    kind: definition.operation,
    access: operationAccess({ schema, rules, document }),
    normalised,
    switches: switchesOf(document),
    isDeferred: hasDefer(document),
    introspection: introspectionPart(document, definition),
    coerce: compileCoercion(schema, definition, normalised.literals),
    size,
    cost: costs && compileCost(schema, normalised.document, costs),
    programs: new Map(),
    samples: new Map(),
    uses: 0,
  }
}
