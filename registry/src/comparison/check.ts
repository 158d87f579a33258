import { buildSchema } from 'graphql'
import { type Composed, compose, type NotComposed } from '../composition/compose.ts'
import type { CompositionError } from '../composition/composition-error.ts'
import type { CompositionHint } from '../composition/composition-hint.ts'
import { parseSubgraph } from '../composition/parse-subgraph.ts'
import type { ParsedSubgraph, Subgraph } from '../subgraph.ts'
import { attributeChanges } from './attribute-changes.ts'
import { compareSchemas } from './compare-schemas.ts'
import { compareSubgraphs } from './compare-subgraphs.ts'
import { bySeverity, type SchemaChange } from './schema-change.ts'

/** What a change of schemas means for apps. */
export interface CheckReport {
  /** `not-composed` when the head has errors; `breaking` when an app would break; else `safe`. */
  outcome: 'safe' | 'breaking' | 'not-composed'
  /** Why the head does not compose; empty when it does. */
  errors: CompositionError[]
  hints: CompositionHint[]
  /** The worst first; empty when the head does not compose. */
  changes: SchemaChange[]
  /** What the check could not look at, in plain words. */
  notes: string[]
}

/**
 * Composes the head and compares it with the base: the API schema, which decides the outcome, and each
 * subgraph's schema. A base without subgraphs makes everything new. A base that does not compose never served
 * anybody; then only the subgraphs are compared, and a note says so.
 */
export async function check(schemas: {
  base: readonly Subgraph[]
  head: readonly Subgraph[]
}): Promise<CheckReport> {
  const composed = compose(schemas.head)
  if (composed.errors) {
    return { outcome: 'not-composed', errors: composed.errors, hints: [], changes: [], notes: [] }
  }
  const base = parseAll(schemas.base)
  const head = parseAll(schemas.head)
  const served = schemas.base.length > 0 ? compose(schemas.base) : undefined
  const changes = [
    ...attributeChanges({
      api: await compareApis(served, composed),
      subgraphs: await compareSubgraphs(base, head),
      base,
      head,
    }),
  ].sort(bySeverity)
  return {
    outcome: changes.some(({ level }) => level === 'breaking') ? 'breaking' : 'safe',
    errors: [],
    hints: composed.hints,
    changes,
    notes: served?.errors ? [`The base does not compose (${served.errors[0]?.message}); no app saw it.`] : [],
  }
}

async function compareApis(base: Composed | NotComposed | undefined, head: Composed) {
  if (!base || base.errors) return []
  return compareSchemas(buildSchema(base.apiSchemaSdl), buildSchema(head.apiSchemaSdl))
}

function parseAll(subgraphs: readonly Subgraph[]): ParsedSubgraph[] {
  return subgraphs.map(parseSubgraph).filter((one): one is ParsedSubgraph => 'document' in one)
}
