import { catalogue, fail, isErrorCode } from '@headcount/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Exchange, OperationRun, Parts } from '../../exchange.ts'
import { maskError } from '../../execution/mask.ts'
import { openSubscription } from '../../live/open-subscription.ts'
import { createSession } from '../../live/session.ts'
import { errorsOf } from '../../run-operation.ts'
import { positionOf } from '../position.ts'
import { beginTask, runTask } from '../run-task.ts'
import type { EventOperation } from './event-operation.ts'

/** What came of an operation's beginning. */
export type Begun =
  /** A subscription runs: its results go to the operation. */
  | { readonly kind: 'live' }
  /** All that there is to say. */
  | { readonly kind: 'result'; readonly result: FormattedExecutionResult; readonly json: string }
  /** The request itself was wrong, or came at a wrong time; nothing was executed. Masked. */
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLFormattedError[] }

function refused(errors: readonly GraphQLFormattedError[]): Begun {
  return { kind: 'refused', errors }
}

function resultOf(result: FormattedExecutionResult): Begun {
  return { kind: 'result', result, json: JSON.stringify(result) }
}

/** Whether an error says that the request was none to begin with. */
function isOfRequest({ extensions }: GraphQLFormattedError): boolean {
  const code = extensions?.code
  return isErrorCode(code) && catalogue[code].httpStatus === 400
}

async function subscribe(operation: EventOperation, run: OperationRun, parts: Parts): Promise<Begun> {
  const position = positionOf(run.parameters, run.clientHeaders['last-event-id'])
  const session = createSession(run.viewer, parts.now)
  operation.begin(session)
  const opened = await openSubscription({ run, session, sink: operation, ...position }, parts)
  if ('subscription' in opened) {
    operation.started(opened.subscription)
    return { kind: 'live' }
  }
  session.close()
  const { errors } = opened
  return errors.some(isOfRequest) ? refused(errors) : resultOf({ errors })
}

async function run(operation: EventOperation, exchange: Exchange, parts: Parts): Promise<Begun> {
  const { viewer, parameters, requestId, clientHeaders, extension: opened } = exchange
  const { cancellation } = operation
  const task = { parameters, viewer, cancellation, clientHeaders, requestId, opened }
  const found = await beginTask(task, parts)
  if ('errors' in found) return refused(found.errors)
  try {
    return await runFound(operation, found.run, { exchange, parts })
  } catch (error) {
    // Refused before it ran.
    parts.usage?.count(found.run, true)
    throw error
  }
}

async function runFound(
  operation: EventOperation,
  run: OperationRun,
  { exchange, parts }: { readonly exchange: Exchange; readonly parts: Parts },
): Promise<Begun> {
  const kind = run.operation?.kind
  if (kind === 'mutation' && exchange.request.method === 'GET') {
    exchange.headers.allow = 'POST'
    throw fail('METHOD_NOT_ALLOWED', 'A mutation goes by POST.')
  }
  if (kind === 'subscription') return subscribe(operation, run, parts)
  operation.isMutation = kind === 'mutation'
  const result = await runTask(run, parts)
  return result.data === undefined ? refused(result.errors ?? []) : resultOf(result)
}

/** Begins what a request asks for, as an operation of an event stream. Never rejects. */
export async function runInStream(
  operation: EventOperation,
  exchange: Exchange,
  parts: Parts,
): Promise<Begun> {
  try {
    return await run(operation, exchange, parts)
  } catch (error) {
    const { requestId } = exchange
    return refused(errorsOf(error).map((one) => maskError(one, { requestId, log: parts.log })))
  }
}
