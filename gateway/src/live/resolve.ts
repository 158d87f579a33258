import { refusal, satisfies, type Viewer } from '@headcount/access'
import { codeOf, fail } from '@headcount/errors'
import type { LiveMessage } from '@headcount/live'
import {
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  getNamedType,
  isObjectType,
} from 'graphql'
import { Cancellation } from '../cancellation.ts'
import type { OperationRun, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import type { ExtensionContext } from '../extension.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps } from '../run-stages.ts'
import { authorise } from '../steps/authorise.ts'
import { coerceVariables } from '../steps/coerce-variables.ts'
import { execute as fetchAndMerge } from '../steps/execute.ts'
import { plan } from '../steps/plan.ts'
import type { Generation } from '../supergraph/generation.ts'
import { asOfKey, type Delivery, type LiveOperation, seqKey } from './live-operation.ts'
import { added } from './snapshot-operation.ts'

type Values = Readonly<Record<string, unknown>>

/** A state of what is subscribed to, as this viewer may see it. */
export interface State {
  readonly seq: number | undefined
  readonly asOf: string | undefined
  /** The value of the subscription's field. */
  readonly value: Values
  readonly errors: readonly GraphQLFormattedError[]
}

/** Who asks for a state, and of what. */
export interface Reader {
  readonly generation: Generation
  readonly operation: LiveOperation
  readonly delivery: Delivery
  readonly variables: Values
  readonly viewer: Viewer | undefined
  /** Policies that hold for the viewer. */
  readonly held: ReadonlySet<string>
  readonly requestId: string
  readonly traceparent: string
  /** Headers of the request that it came by: rules hand them on with each fetch. */
  readonly clientHeaders: OperationRun['clientHeaders']
  /** Set where the gateway has an extension, whose hook sees each fetch. */
  readonly extension: ExtensionContext | undefined
  /** Cancelled when nobody listens any more: what is being read then is given up. */
  readonly over: Cancellation
}

/** Either a state, or why there is none. */
export type Reading = { readonly state: State } | { readonly errors: readonly GraphQLFormattedError[] }

/** An operation of the gateway's own: limits and `onOperation` were for the subscription that it serves. */
const ownSteps: Parts['steps']['operation'] = [coerceVariables, authorise, plan, fetchAndMerge]

async function run(operation: KnownOperation, reader: Reader, parts: Parts) {
  const { generation, viewer, requestId, traceparent, variables, delivery, clientHeaders, extension } = reader
  const cancellation = new Cancellation()
  const own = Object.entries(delivery.arguments).map(([name, value]) => [`${added}${name}`, value])
  const task: OperationRun = {
    generation,
    viewer,
    requestId,
    traceparent,
    cancellation,
    clientHeaders,
    extension,
    parameters: { variables: { ...variables, ...Object.fromEntries(own) } },
    operation,
  }
  const late = fail('DEADLINE_EXCEEDED', `It took longer than ${parts.limits.requestMs} ms.`)
  const timer = setTimeout(() => cancellation.cancel(late), parts.limits.requestMs)
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
  const { log } = parts
  return { data: data ?? {}, errors: errors.map((error) => maskError(error, { requestId, log })) }
}

/** Null without a reason is what a foreign tenant's thing looks like: there is none. */
function absent(operation: LiveOperation): GraphQLFormattedError {
  const { message, extensions } = fail(
    'NOT_FOUND',
    `There is nothing to listen to: ${operation.topic.field.name} found no such thing.`,
  )
  return { message, extensions }
}

/** Whether the viewer may listen at all; undefined = yes. */
export async function checkGuard(
  reader: Reader,
  parts: Parts,
): Promise<readonly GraphQLFormattedError[] | undefined> {
  const { operation } = reader
  if (!operation.guard) return undefined
  const { data, errors } = await run(operation.guard, reader, parts)
  if (data[operation.responseKey]) return undefined
  return errors.length > 0 ? errors : [absent(operation)]
}

/**
 * Runs the snapshot query with the client's selection. Where it comes out older than `seen`, a number that the client has,
 * it is run again: fetches that ask the same share a reply, so the first may have begun before that number was there. The
 * second began after it; if that is older too, the state itself was set back.
 */
export async function readSnapshot(reader: Reader, parts: Parts, seen = -1): Promise<Reading> {
  const first = await readOnce(reader, parts)
  const isBehind = 'state' in first && first.state.seq !== undefined && first.state.seq < seen
  return isBehind ? readOnce(reader, parts) : first
}

async function readOnce(reader: Reader, parts: Parts): Promise<Reading> {
  const { operation } = reader
  if (!operation.snapshot) return { errors: [absent(operation)] }
  parts.metrics.snapshots.inc()
  const { data, errors } = await run(operation.snapshot, reader, parts)
  const value = data[operation.responseKey]
  if (typeof value !== 'object' || value === null) {
    return { errors: errors.length > 0 ? errors : [absent(operation)] }
  }
  const { [seqKey]: seq, [asOfKey]: asOf, ...shown } = value as Values
  return {
    state: {
      seq: typeof seq === 'number' ? seq : undefined,
      asOf: typeof asOf === 'string' ? asOf : undefined,
      value: shown,
      // A field that the gateway added is no business of the client's.
      errors: errors.filter((error) => error.path?.at(-1) !== seqKey && error.path?.at(-1) !== asOfKey),
    },
  }
}

/** What a message holds, with what its envelope says of the state. */
function rootOf({ topic }: LiveOperation, message: LiveMessage): Values {
  const type = getNamedType(topic.field.type)
  const fields = isObjectType(type) ? type.getFields() : {}
  const { seq, asOf, data } = message
  return {
    [topic.field.name]: {
      ...(fields.reset ? { reset: false } : {}),
      ...(data as Values),
      ...(fields.seq ? { seq } : {}),
      ...(fields.asOf ? { asOf } : {}),
    },
  }
}

const refusals = new Set<unknown>(['FORBIDDEN', 'UNAUTHENTICATED'])

/** Answers from a message alone; undefined where it lacks something that was promised, and a snapshot must be taken. */
export function readMessage(reader: Reader, message: LiveMessage, parts: Parts): Reading | undefined {
  const { generation, operation, viewer, held, variables, requestId } = reader
  const { schema, rules } = generation
  if (!operation.isCovered || typeof message.data !== 'object' || message.data === null) return undefined
  const fieldResolver: GraphQLFieldResolver<Values, unknown> = (...call) => {
    const [source, , , info] = call
    const missing = rules
      .needs(info.parentType, info.fieldName)
      .find((need) => !satisfies(viewer, need.requirement, held))
    if (missing) throw refusal(viewer, missing.coordinate, missing.requirement)
    return source[info.fieldName]
  }
  const result = execute({
    schema,
    document: operation.source.document,
    rootValue: rootOf(operation, message),
    variableValues: variables,
    fieldResolver: fieldResolver as GraphQLFieldResolver<unknown, unknown>,
  }) as ExecutionResult
  if (result.errors?.some((error) => !refusals.has(codeOf(error)))) return undefined
  const { log } = parts
  const errors = (result.errors ?? []).map((error) => maskError(error, { requestId, log }))
  const value = result.data?.[operation.responseKey]
  if (typeof value !== 'object' || value === null) {
    return { errors: errors.length > 0 ? errors : [absent(operation)] }
  }
  return { state: { seq: message.seq, asOf: message.asOf, value: value as Values, errors } }
}
