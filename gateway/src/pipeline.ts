import type { Exchange, OperationRun } from './exchange.ts'
import type { Stage } from './run-stages.ts'
import { allowOrigin } from './steps/allow-origin.ts'
import { authenticate } from './steps/authenticate.ts'
import { authorise } from './steps/authorise.ts'
import { checkMethod } from './steps/check-method.ts'
import { coerceVariables } from './steps/coerce-variables.ts'
import { execute } from './steps/execute.ts'
import { findOperation } from './steps/find-operation.ts'
import { guardCrossSite } from './steps/guard-cross-site.ts'
import { identify } from './steps/identify.ts'
import { mask } from './steps/mask.ts'
import { measure } from './steps/measure.ts'
import { negotiate } from './steps/negotiate.ts'
import { plan } from './steps/plan.ts'
import { readParameters } from './steps/read-parameters.ts'
import { respond } from './steps/respond.ts'
import { shed } from './steps/shed.ts'
import { startDeadline } from './steps/start-deadline.ts'
import { streamEvents } from './steps/stream-events.ts'

/** The life of an operation, the same over HTTP, WebSockets and event streams. */
export const operationStages: readonly Stage<OperationRun>[] = [
  { step: coerceVariables, reason: 'a wrong value is one clear error here, and five in five subgraphs' },
  { step: authorise, reason: 'before planning: what a viewer may not read is never planned, nor fetched' },
  { step: plan, reason: 'planned and compiled once for all who ask alike, and kept' },
  { step: execute, reason: 'fetches from the subgraphs, and merges' },
]

/** The life of an HTTP request at /graphql. A step that throws or answers skips to `exitStages`. */
export const entryStages: readonly Stage<Exchange>[] = [
  { step: identify, reason: 'first, so that whatever happens has an id in the log and in the answer' },
  { step: startDeadline, reason: 'counts from the first byte: a body that trickles in uses it up too' },
  { step: allowOrigin, reason: 'a browser must be able to read even a refusal; preflights end here' },
  { step: shed, reason: 'before any work: too much at once is turned away, not queued' },
  {
    step: negotiate,
    reason: 'the shape of every later answer, errors too; a browser gets GraphiQL and leaves',
  },
  { step: authenticate, reason: 'before the body: a bad token costs us no megabyte' },
  { step: readParameters, reason: 'bounded while it streams in, and checked for shape' },
  { step: guardCrossSite, reason: 'no other site’s page may make a browser ask, except by a known hash' },
  { step: streamEvents, reason: 'event streams live longer than a request and go on in their own transport' },
  { step: findOperation, reason: 'by hash or text: parsed, within limits, validated; all of it kept' },
  { step: checkMethod, reason: 'GET changes nothing, and subscriptions need a stream' },
  ...operationStages,
]

/** What happens to every request at its end, whatever came before. */
export const exitStages: readonly Stage<Exchange>[] = [
  { step: mask, reason: 'nothing leaves but codes of the catalogue' },
  { step: respond, reason: 'one status and media type for one kind of outcome' },
  { step: measure, reason: 'last: counts what the client really got' },
]
