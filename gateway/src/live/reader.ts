import type { IncomingHttpHeaders } from 'node:http'
import { fail } from '@headcount/errors'
import type { GraphQLFormattedError } from 'graphql'
import { Cancellation } from '../cancellation.ts'
import type { OperationRun, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import type { ExtensionContext } from '../extension.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps } from '../run-stages.ts'
import { coerceVariables } from '../steps/coerce-variables.ts'
import { execute } from '../steps/execute.ts'
import { newRequestId, traceparentOf } from '../steps/identify.ts'
import { plan } from '../steps/plan.ts'
import type { Generation } from '../supergraph/generation.ts'
import type { Delivery, LiveOperation } from './live-operation.ts'
import type { Rights } from './rights.ts'
import { added } from './snapshot-operation.ts'

export type Values = Readonly<Record<string, unknown>>

/** As whom, and with what, the gateway reads for subscribers. */
export interface Reader {
  readonly generation: Generation
  readonly operation: LiveOperation
  /** Arguments of the subscription's field. */
  readonly arguments: Delivery['arguments']
  /** All variables, those that were literals among them. */
  readonly variables: Values
  readonly rights: Rights
  /** Headers that rules may hand on with each fetch. */
  readonly clientHeaders: IncomingHttpHeaders
  /** Set where the gateway has an extension, whose hook sees each fetch. */
  readonly extension: ExtensionContext | undefined
  /** Cancelled when nobody listens any more: what is being read then is given up. */
  readonly over: Cancellation
}

/** What was read. */
export interface Answer {
  readonly data: Values
  readonly errors: readonly GraphQLFormattedError[]
}

/** An operation of the gateway's own: limits and `onOperation` were for the subscription that it serves, and so were rights. */
const ownSteps: Parts['steps']['operation'] = [coerceVariables, plan, execute]

/** Runs one of the gateway's own queries, within the deadline of a request. Never rejects; errors are masked. */
export async function runQuery(operation: KnownOperation, reader: Reader, parts: Parts): Promise<Answer> {
  const { generation, rights, variables, clientHeaders, extension } = reader
  const requestId = newRequestId()
  const cancellation = new Cancellation()
  const own = Object.entries(reader.arguments).map(([name, value]) => [`${added}${name}`, value])
  const task: OperationRun = {
    generation,
    viewer: rights.viewer,
    held: rights.held,
    requestId,
    traceparent: traceparentOf(undefined),
    cancellation,
    clientHeaders,
    extension,
    parameters: { variables: { ...variables, ...Object.fromEntries(own) } },
    operation,
  }
  const { requestMs } = parts.limits
  const late = () => cancellation.cancel(fail('DEADLINE_EXCEEDED', `It took longer than ${requestMs} ms.`))
  const timer = setTimeout(late, requestMs)
  const giveUp = (reason: Error) => cancellation.cancel(reason)
  reader.over.add(giveUp)
  try {
    await runSteps(ownSteps, task, parts)
  } catch (error) {
    task.outcome = { errors: errorsOf(error) }
  } finally {
    clearTimeout(timer)
    reader.over.remove(giveUp)
  }
  const { data, errors = [] } = task.outcome ?? {}
  const { log, passesSubgraphErrors } = parts
  return {
    data: data ?? {},
    errors: errors.map((error) => maskError(error, { requestId, log, passesSubgraphErrors })),
  }
}

/** Null without a reason is what a foreign tenant's thing looks like: there is none. */
export function absent({ topic }: LiveOperation): GraphQLFormattedError {
  const { message, extensions } = fail(
    'NOT_FOUND',
    `There is nothing to listen to: ${topic.field.name} found no such thing.`,
  )
  return { message, extensions }
}

/** Why who reads may not listen, as the guard says; undefined = it may. */
export async function askGuard(
  guard: KnownOperation,
  reader: Reader,
  parts: Parts,
): Promise<readonly GraphQLFormattedError[] | undefined> {
  const { data, errors } = await runQuery(guard, reader, parts)
  const { operation } = reader
  if (data[operation.responseKey]) return undefined
  return errors.length > 0 ? errors : [absent(operation)]
}
