import { satisfies, type Viewer } from '@headcount/access'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { collectNeeds } from './collect-needs.ts'
import { policiesOf } from './policies.ts'
import type { AccessRules, Need } from './rules.ts'

/** What an operation asks of those who run it. */
export interface OperationAccess {
  readonly needs: readonly Need[]
  /** Policies that its fields name. */
  readonly policies: readonly string[]
  /** Which of its needs a viewer lacks, a digit each; '' = none. Viewers that lack the same share a plan and a program. */
  lacks(viewer: Viewer | undefined, held: ReadonlySet<string>): string
}

/** Finds out once what an operation needs. */
export function operationAccess(options: {
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly document: DocumentNode
}): OperationAccess {
  const needs = collectNeeds(options.document, options.schema, options.rules)
  return {
    needs,
    policies: policiesOf(needs),
    lacks(viewer, held) {
      // Hot path: most operations need nothing, or what their viewer has.
      if (needs.every((need) => satisfies(viewer, need.requirement, held))) return ''
      return needs.map((need) => (satisfies(viewer, need.requirement, held) ? '0' : '1')).join('')
    },
  }
}
