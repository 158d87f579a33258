import type { Exchange, OperationRun, Parts, Steps } from './exchange.ts'
import { choose, type Stage } from './run-stages.ts'
import { addPlan } from './steps/add-plan.ts'
import { admit } from './steps/admit.ts'
import { allowOrigin } from './steps/allow-origin.ts'
import { askExtension } from './steps/ask-extension.ts'
import { authenticate } from './steps/authenticate.ts'
import { authorise } from './steps/authorise.ts'
import { checkMethod } from './steps/check-method.ts'
import { coerceVariables } from './steps/coerce-variables.ts'
import { compress } from './steps/compress.ts'
import { countUsage } from './steps/count-usage.ts'
import { execute } from './steps/execute.ts'
import { findOperation } from './steps/find-operation.ts'
import { guardCrossSite } from './steps/guard-cross-site.ts'
import { identify } from './steps/identify.ts'
import { join } from './steps/join.ts'
import { limitCost } from './steps/limit-cost.ts'
import { mask } from './steps/mask.ts'
import { measure } from './steps/measure.ts'
import { negotiate } from './steps/negotiate.ts'
import { plan } from './steps/plan.ts'
import { readParameters } from './steps/read-parameters.ts'
import { receive } from './steps/receive.ts'
import { respond } from './steps/respond.ts'
import { runBatch } from './steps/run-batch.ts'
import { share } from './steps/share.ts'
import { shed } from './steps/shed.ts'
import { startDeadline } from './steps/start-deadline.ts'
import { streamEvents } from './steps/stream-events.ts'
import { tellExtension } from './steps/tell-extension.ts'
import { writeLog } from './steps/write-log.ts'

/** What every operation must pass, over HTTP, WebSockets and event streams, alone or in a batch. */
const checkStages: readonly Stage<OperationRun>[] = [
  { step: coerceVariables, reason: 'a wrong value is one clear error here, and five in five subgraphs' },
  {
    step: limitCost,
    reason: 'after the variables, which say how long lists are; before the work that it bounds',
    when: ({ limits }) => limits.cost !== undefined,
  },
]

const askStage: Stage<OperationRun> = {
  step: askExtension,
  reason: 'the operator’s own word on an operation that is sound, before it costs anything',
  when: ({ extension }) => extension?.onOperation !== undefined,
}

/** The work of an operation. */
const workStages: readonly Stage<OperationRun>[] = [
  askStage,
  { step: authorise, reason: 'before planning: what a viewer may not read is never planned, nor fetched' },
  { step: plan, reason: 'planned and compiled once for all who ask alike, and kept' },
  { step: execute, reason: 'fetches from the subgraphs, and merges' },
]

/** The life of an HTTP request at the endpoint. A step that throws or answers skips to `exitStages`. */
const entryStages: readonly Stage<Exchange>[] = [
  { step: identify, reason: 'first, so that whatever happens has an id in the log and in the answer' },
  { step: startDeadline, reason: 'counts from the first byte: a body that trickles in uses it up too' },
  { step: allowOrigin, reason: 'a browser must be able to read even a refusal; preflights end here' },
  { step: shed, reason: 'before any work: too much at once is turned away, not queued' },
  {
    step: admit,
    reason: 'the operator’s own door, before anything is read',
    when: ({ extension }) => extension !== undefined,
  },
  {
    step: negotiate,
    reason: 'the shape of every later answer, errors too; a browser gets GraphiQL and leaves',
  },
  { step: authenticate, reason: 'before the body: a bad token costs us no megabyte' },
  { step: receive, reason: 'bounded while it streams in' },
  {
    step: join,
    reason: 'by the bytes alone: a twin of a query under way is not even parsed',
    when: ({ flights }) => flights !== undefined,
  },
  { step: readParameters, reason: 'parsed within bounds, and checked for shape' },
  {
    step: guardCrossSite,
    reason: 'no other site’s page may make a browser ask, except by a known hash',
    when: ({ csrfHeaders }) => csrfHeaders !== undefined,
  },
  { step: streamEvents, reason: 'event streams live longer than a request and go on in their own transport' },
  {
    step: runBatch,
    reason: 'a list of operations goes through the rest of this list as several, and is answered as one',
    when: ({ batchOperations }) => batchOperations !== undefined,
  },
  {
    step: findOperation,
    reason: 'by id, hash or text: trusted where that is asked for, within limits, validated; all of it kept',
  },
  { step: checkMethod, reason: 'GET changes nothing, and subscriptions need a stream' },
  {
    step: share,
    reason: 'a query runs for all who ask the same at the same time; here it is known to be one',
    when: ({ flights }) => flights !== undefined,
  },
  ...checkStages,
  ...workStages,
]

/** What happens to every request at its end, whatever came before. */
const exitStages: readonly Stage<Exchange>[] = [
  { step: mask, reason: 'nothing leaves but codes of the catalogue' },
  {
    step: addPlan,
    reason: 'for those who may see it',
    when: ({ planViewers }) => planViewers !== undefined,
  },
  {
    step: compress,
    reason: 'the answer is whole, and its length is not told yet',
    when: ({ compression }) => compression !== undefined,
  },
  { step: respond, reason: 'one status and media type for one kind of outcome' },
  { step: measure, reason: 'counts what the client really got', when: ({ isMeasured }) => isMeasured },
  {
    step: countUsage,
    reason: 'for the registry: as it was answered, in less than a microsecond',
    when: ({ usage }) => usage !== undefined,
  },
  {
    step: writeLog,
    reason: 'as it was counted',
    when: ({ accessLogLevel }) => accessLogLevel !== undefined,
  },
  {
    step: tellExtension,
    reason: 'last: it changes nothing any more',
    when: ({ extension }) => extension?.onAnswer !== undefined,
  },
]

/** The steps that this gateway's options want. */
export function stepsFor(parts: Omit<Parts, 'steps' | 'live'>): Steps {
  const check = choose(checkStages, parts)
  const work = choose(workStages, parts)
  return {
    entry: choose(entryStages, parts),
    check,
    work,
    operation: [...check, ...work],
    subscribe: [...check, ...choose([askStage], parts)],
    exit: choose(exitStages, parts),
  }
}
