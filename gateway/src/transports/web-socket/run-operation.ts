import type { ClientName } from '@headcount/registry-api'
import type { GraphQLError } from 'graphql'
import type { OperationRun, Parameters, Parts } from '../../exchange.ts'
import { maskError } from '../../execution/mask.ts'
import type { ExtensionContext } from '../../extension.ts'
import { openSubscription } from '../../live/open-subscription.ts'
import type { Session } from '../../live/session.ts'
import { positionOf } from '../position.ts'
import { beginTask, runTask } from '../run-task.ts'
import type { Operation } from './operation.ts'

/** Who asks, over which connection. */
export interface Caller {
  readonly session: Session
  readonly requestId: string
  readonly clientHeaders: OperationRun['clientHeaders']
  /** Who it says it is. */
  readonly client: ClientName
  /** The extension's room of the request that opened the connection. */
  readonly opened: ExtensionContext | undefined
}

/** What the operation is begun with. @throws GraphQLError when it cannot be */
function read(parameters: Parameters, { session }: Caller) {
  return { viewer: session.viewer(), position: positionOf(parameters) }
}

/** Runs an operation to its end, or until its subscription is under way. */
export async function runOperation(
  operation: Operation,
  asked: { readonly caller: Caller; readonly parameters: Parameters },
  parts: Parts,
): Promise<void> {
  const { caller, parameters } = asked
  const { session, requestId, clientHeaders, client, opened } = caller
  const { cancellation } = operation
  if (!cancellation) return
  let ready: ReturnType<typeof read>
  try {
    ready = read(parameters, caller)
  } catch (error) {
    return operation.end([maskError(error as GraphQLError, { requestId, log: parts.log })])
  }
  const { viewer, position } = ready
  const task = { parameters, viewer, cancellation, clientHeaders, client, opened }
  const found = await beginTask(task, parts)
  if ('errors' in found) return operation.end(found.errors)
  const { run } = found
  if (operation.isOver) return
  if (run.operation?.kind !== 'subscription') return operation.answer(await runTask(run, parts))
  const result = await openSubscription({ run, session, sink: operation, ...position }, parts)
  if ('errors' in result) operation.end(result.errors)
  else operation.begin(result.subscription)
}
