import type { CheckReport, SchemaChange } from '@headcount/registry-api'
import { buildSchema } from 'graphql'
import { type Composed, compose } from '../composition/compose.ts'
import { parseSubgraph } from '../composition/parse-subgraph.ts'
import { lint } from '../linting/lint.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { CheckSettings } from '../settings/settings.ts'
import type { ParsedSubgraph, Subgraph } from '../subgraph.ts'
import type { UsageEvidence } from '../weighing/evidence.ts'
import { weigh } from '../weighing/weigh.ts'
import { type AttributedChange, attributeChanges, attribution, placeFinder } from './attribute-changes.ts'
import { bySeverity } from './by-severity.ts'
import { compareSchemas } from './compare-schemas.ts'
import { compareSubgraphs } from './compare-subgraphs.ts'

/** What a check looks at. It is JSON all through (but for `now`), and so is the report: both can go to a worker thread. */
export interface CheckInput {
  /** The subgraphs that are served; empty = nothing is, and all is new. */
  readonly base: readonly Subgraph[]
  /** All subgraphs as they would be. */
  readonly head: readonly Subgraph[]
  /** Default: those of an empty settings file. */
  readonly settings?: CheckSettings | undefined
  /** What is known of use; default: nothing. */
  readonly evidence?: UsageEvidence | undefined
  /** Whether rules of style look at elements that are as they were; default false. */
  readonly lintsAll?: boolean | undefined
  /** The time by which an acknowledgement has expired; default: now. */
  readonly now?: Date | undefined
}

/**
 * Composes the head and compares it with the base: the API schema, whose breaking changes are weighed by who uses what,
 * and each subgraph's schema. A base that does not compose never served anybody; then only the subgraphs are compared, and
 * a note says so.
 */
export async function check(input: CheckInput): Promise<CheckReport> {
  const composed = compose(input.head)
  if (composed.errors) {
    return { outcome: 'not-composed', errors: composed.errors, hints: [], changes: [], lint: [], notes: [] }
  }
  const [base, head] = [parseAll(input.base), parseAll(input.head)]
  const settings = input.settings ?? readSettings(undefined).check
  const findings = lint({ base, head, levels: settings.lint, looksAtAll: input.lintsAll ?? false })
  const find = placeFinder({ base, head })
  const { changes, schemas, notes } = await compare(input, { base, head, composed }, find)
  const weighed = weigh({
    ...{ changes, schemas, settings },
    evidence: input.evidence ?? { documents: [] },
    today: (input.now ?? new Date()).toISOString().slice(0, 10),
    attribute: (coordinate) => attribution(find, coordinate),
  })
  return {
    outcome: outcomeOf(weighed.changes, findings),
    errors: [],
    hints: composed.hints,
    changes: weighed.changes.toSorted(bySeverity),
    lint: findings,
    evidence: weighed.evidence,
    notes: [...notes, ...weighed.notes],
  }
}

interface Compared {
  readonly base: readonly ParsedSubgraph[]
  readonly head: readonly ParsedSubgraph[]
  readonly composed: Composed
}

async function compare(
  input: CheckInput,
  { base, head, composed }: Compared,
  find: ReturnType<typeof placeFinder>,
) {
  const nothing = { changes: [] as AttributedChange[], schemas: undefined, notes: [] }
  if (isEqual(input.base, input.head)) return nothing
  const served = input.base.length > 0 ? compose(input.base) : undefined
  const schemas =
    served && !served.errors
      ? { base: buildSchema(served.apiSchemaSdl), head: buildSchema(composed.apiSchemaSdl) }
      : undefined
  const api = schemas ? await compareSchemas(schemas.base, schemas.head) : []
  const subgraphs = await compareSubgraphs(base, head)
  return {
    changes: attributeChanges({ api, subgraphs, base, head }, find),
    schemas,
    notes: served?.errors ? [`The base does not compose (${served.errors[0]?.message}); no app saw it.`] : [],
  }
}

/** Nothing was changed: then nothing of it is composed a second time. */
function isEqual(base: readonly Subgraph[], head: readonly Subgraph[]): boolean {
  const texts = new Map(base.map(({ name, sdl }) => [name, sdl]))
  return base.length === head.length && head.every(({ name, sdl }) => texts.get(name) === sdl)
}

function outcomeOf(changes: readonly SchemaChange[], findings: CheckReport['lint']): CheckReport['outcome'] {
  if (changes.some(({ verdict }) => verdict === 'used' || verdict === 'unknown')) return 'breaking'
  return findings.some(({ level }) => level === 'error') ? 'lint' : 'safe'
}

function parseAll(subgraphs: readonly Subgraph[]): ParsedSubgraph[] {
  return subgraphs.map(parseSubgraph).filter((one): one is ParsedSubgraph => 'document' in one)
}
