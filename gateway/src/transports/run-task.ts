import { fail } from '@headcount/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Cancellation } from '../cancellation.ts'
import type { OperationRun, Parameters, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import type { ExtensionContext } from '../extension.ts'
import { contextOf } from '../extension-refused.ts'
import { errorsOf, runOperation } from '../run-operation.ts'
import { findOperation } from '../steps/find-operation.ts'
import { newRequestId, traceparentOf } from '../steps/identify.ts'
import { maskOutcome } from '../steps/mask.ts'

/** An operation on a connection that stays: found, or why not. */
export type Found = { readonly run: OperationRun } | { readonly errors: readonly GraphQLFormattedError[] }

/** Begins an operation of a WebSocket or an event stream. */
export async function beginTask(
  task: {
    readonly parameters: Parameters
    readonly viewer: OperationRun['viewer']
    readonly cancellation: Cancellation
    readonly clientHeaders: OperationRun['clientHeaders']
    /** How the client names itself, where its headers are not what says so. */
    readonly client?: OperationRun['client']
    readonly requestId?: string
    /** The extension's room of the request that opened the connection. */
    readonly opened?: ExtensionContext | undefined
  },
  parts: Parts,
): Promise<Found> {
  const requestId = task.requestId ?? newRequestId()
  const { opened, ...rest } = task
  const run: OperationRun = {
    ...rest,
    requestId,
    startedAt: performance.now(),
    traceparent: traceparentOf(undefined),
    extension: parts.extension && contextOf(requestId, parts.log, opened),
  }
  try {
    await findOperation(run, parts)
    return { run }
  } catch (error) {
    return { errors: errorsOf(error).map((one) => maskError(one, { requestId, log: parts.log })) }
  }
}

/** Runs a query or mutation to its masked result, within the deadline and the bound on requests in progress. */
export async function runTask(run: OperationRun, parts: Parts): Promise<FormattedExecutionResult> {
  const result = await runBounded(run, parts)
  parts.usage?.count(run, result.errors !== undefined)
  return result
}

async function runBounded(run: OperationRun, parts: Parts): Promise<FormattedExecutionResult> {
  const { traffic, limits } = parts
  if (traffic.inProgress >= limits.requestsInProgress) {
    const { message, extensions } = fail('OVERLOADED', 'Too many requests are under way; try again.')
    return { errors: [{ message, extensions }] }
  }
  traffic.inProgress += 1
  const late = () =>
    run.cancellation.cancel(
      fail('DEADLINE_EXCEEDED', `The operation took longer than ${limits.requestMs} ms.`),
    )
  const timer = setTimeout(late, limits.requestMs)
  try {
    run.outcome = await runOperation(run, parts)
    maskOutcome(run, parts)
    const { data, errors = [] } = run.outcome
    return {
      ...(errors.length > 0 ? { errors: errors as GraphQLFormattedError[] } : {}),
      ...(data === undefined ? {} : { data }),
    }
  } finally {
    clearTimeout(timer)
    traffic.inProgress -= 1
  }
}
