import type { ChangeUsage, ChangeVerdict, Evidence, SchemaChange } from '@headcount/registry-api'
import type { GraphQLSchema } from 'graphql'
import type { AttributedChange, Attribution } from '../comparison/attribute-changes.ts'
import type { CheckSettings } from '../settings/settings.ts'
import { acknowledgementOf, idleAcknowledgements } from './acknowledgements.ts'
import { findBroken, touchedBy } from './broken-operations.ts'
import { changeUsage } from './change-usage.ts'
import { clientFilter } from './client-patterns.ts'
import type { UsageEvidence } from './evidence.ts'
import { countRequests, knownOperations } from './known-operations.ts'
import { reachability } from './reachable.ts'

/** What is weighed, by what. */
export interface Weighing {
  readonly changes: readonly AttributedChange[]
  /** The API before and after; undefined where there was none, and nothing can break. */
  readonly schemas: { readonly base: GraphQLSchema; readonly head: GraphQLSchema } | undefined
  readonly evidence: UsageEvidence
  readonly settings: CheckSettings
  /** `2027-01-31`: what is acknowledged until then is so for the last time. */
  readonly today: string
  /** Whose an element is, and where. */
  readonly attribute: (coordinate: string) => Attribution
}

/** Changes with their verdicts. */
export interface Weighed {
  readonly changes: readonly SchemaChange[]
  readonly evidence: Evidence
  readonly notes: readonly string[]
}

/**
 * Says of each breaking change of the API whom it hits. An operation that the change does not explain and that would no
 * longer be valid makes a change of its own: `OPERATION_INVALID`.
 */
export function weigh(weighing: Weighing): Weighed {
  const { changes, schemas, evidence: given, settings } = weighing
  const evidence = describe(given, settings)
  if (!schemas || changes.every(({ change }) => change.schema !== 'api')) {
    const notes = idleAcknowledgements(settings.acknowledged, [])
    return { changes: changes.map(({ change }) => change), evidence, notes }
  }
  const isExcluded = clientFilter(settings.usage.excludedClients)
  const isTouched = touchedBy(changes)
  const known = knownOperations(given, { schema: schemas.base, isExcluded, isTouched })
  const { broken, unexplained } = findBroken(changes, known.all, schemas)
  const isReachable = reachability(schemas.base)
  const total = given.traffic ? evidence.requests : undefined
  const judge = (change: SchemaChange, usage: ChangeUsage): SchemaChange => {
    const acknowledged = acknowledgementOf(change, settings.acknowledged, weighing.today)
    const isUsable = change.coordinate === undefined || isReachable(change.coordinate)
    const verdict = verdictOf({
      usage,
      isUsable,
      isAcknowledged: acknowledged?.isExpired === false,
      evidence,
      settings,
    })
    const reason = isUsable ? change.reason : 'No operation can reach it.'
    return { ...change, ...(reason && { reason }), verdict, usage, ...(acknowledged && { acknowledged }) }
  }
  const judged = changes.map((one) => {
    const operations = broken.get(one)
    return operations ? judge(one.change, changeUsage(operations, total)) : one.change
  })
  const own = unexplained.map(({ coordinate, message, operations }) =>
    judge(invalidated(message, coordinate, weighing), changeUsage(operations, total)),
  )
  const all = [...judged, ...own]
  return {
    changes: all,
    evidence,
    notes: [...idleAcknowledgements(settings.acknowledged, all), ...noteOf(known.invalid)],
  }
}

function invalidated(message: string, coordinate: string | undefined, { attribute }: Weighing): SchemaChange {
  return {
    level: 'breaking',
    code: 'OPERATION_INVALID',
    schema: 'api',
    message: `What is valid now would not be: ${message}`,
    reason:
      'The changes of these elements are not breaking each for itself, but these operations would be refused.',
    ...(coordinate !== undefined && { coordinate, ...attribute(coordinate) }),
  }
}

interface Judged {
  readonly usage: ChangeUsage
  /** Whether an operation could use the element at all. */
  readonly isUsable: boolean
  readonly isAcknowledged: boolean
  readonly evidence: Evidence
  readonly settings: CheckSettings
}

function verdictOf({ usage, isUsable, isAcknowledged, evidence, settings }: Judged): ChangeVerdict {
  const { minimumRequests, minimumPercent } = settings.usage
  const isPublished = usage.operations.some(({ source }) => source === 'published')
  const isOver = usage.requests >= minimumRequests && (usage.percent ?? 0) >= minimumPercent
  const isUsed = isPublished || (usage.operationCount > 0 && isOver)
  if (!isUsed && (!isUsable || evidence.isComplete)) return 'unused'
  if (isAcknowledged) return 'acknowledged'
  return isUsed ? 'used' : 'unknown'
}

/** What there is to weigh by. */
function describe({ documents, traffic }: UsageEvidence, settings: CheckSettings): Evidence {
  const since = traffic?.since ?? null
  return {
    days: traffic?.days ?? settings.usage.days,
    since,
    requests: countRequests(traffic, clientFilter(settings.usage.excludedClients)),
    publishedOperations: documents.length,
    isComplete: since !== null || settings.clientsSendTrustedDocumentsOnly,
  }
}

function noteOf(invalid: readonly string[]): string[] {
  if (invalid.length === 0) return []
  const [shown, more] = [invalid.slice(0, 5).join(', '), invalid.length > 5 ? ', …' : '']
  return [
    `Published operations that the base does not take: ${shown}${more}. They were weighed by what they name.`,
  ]
}
