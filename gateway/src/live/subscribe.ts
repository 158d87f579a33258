import { fail } from '@headcount/errors'
import type { LiveMessage, Topics } from '@headcount/live'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import { Cancellation } from '../cancellation.ts'
import type { OperationRun, Parts } from '../exchange.ts'
import { MaskedError, maskError } from '../execution/mask.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps } from '../run-stages.ts'
import { need } from '../steps/need.ts'
import { channelOf, liveOperation, readDelivery } from './live-operation.ts'
import type { LiveResult } from './live-result.ts'
import { openStream } from './open-stream.ts'
import { checkGuard, type Reader, readSnapshot, type State } from './resolve.ts'
import { checkListener, type FindRights, rightsOf } from './rights.ts'
import { fragmentsOf, rootFields } from './selected-fields.ts'
import type { Session } from './session.ts'
import { subscribeUpstream } from './subscribe-upstream.ts'
import type { LiveSubscription } from './subscription.ts'

/** A subscription that runs, or why it does not. */
export type Subscribed =
  | { readonly stream: AsyncGenerator<LiveResult, undefined> }
  | { readonly errors: readonly GraphQLFormattedError[] }

/** Who subscribes, to what, from where on. */
export interface SubscribeOptions {
  /** An operation that was found, with its parameters. */
  readonly run: OperationRun
  readonly session: Session
  /** What the transport says of `afterSeq` (an event stream's Last-Event-ID); the field's own argument goes first. */
  readonly lastEventSeq?: number | undefined
}

/** The client's variables with their defaults, and without those that were literals in its document. */
function ownVariables(run: OperationRun): Record<string, unknown> {
  const { variableDefinitions = [] } = need(run.operation).definition
  const names = new Set(variableDefinitions.map(({ variable }) => variable.name.value))
  return Object.fromEntries(Object.entries(need(run.variables)).filter(([name]) => names.has(name)))
}

async function readerOf({ run }: SubscribeOptions, findRights: FindRights): Promise<Reader> {
  const generation = need(run.generation)
  const operation = liveOperation(need(run.operation), generation)
  const variables = ownVariables(run)
  const delivery = readDelivery(operation, variables)
  const { requestId, traceparent, clientHeaders, extension } = run
  const rights = await findRights(operation.source)
  checkListener(generation, operation.topic.field.name, rights)
  const over = new Cancellation()
  run.cancellation.add((reason) => over.cancel(reason))
  const request = { requestId, traceparent, clientHeaders, extension, over }
  return { generation, operation, delivery, variables, ...request, ...rights }
}

async function listen(topics: Topics, channel: string, listener: (message: LiveMessage) => void) {
  try {
    return await topics.subscribe(channel, listener)
  } catch (cause) {
    const error = fail('SUBGRAPH_UNAVAILABLE', 'Live messages cannot be had at this moment; try again.')
    error.cause = cause
    throw error
  }
}

class Refused extends Error {
  readonly errors: readonly GraphQLFormattedError[]
  constructor(errors: readonly GraphQLFormattedError[]) {
    super('refused')
    this.errors = errors
  }
}

/** The first state, for which the viewer's own rights decide; undefined where the topic has no snapshot. */
async function firstState(
  reader: Reader,
  parts: Parts,
  afterSeq: number | undefined,
): Promise<State | undefined> {
  const refused = await checkGuard(reader, parts)
  if (refused) throw new Refused(refused)
  if (!reader.operation.snapshot) return undefined
  const reading = await readSnapshot(reader, parts, afterSeq)
  if ('errors' in reading) throw new Refused(reading.errors)
  return reading.state
}

async function startTopic(options: SubscribeOptions, parts: Parts): Promise<LiveSubscription> {
  const { topics } = parts
  if (!topics) throw fail('BAD_USER_INPUT', 'This gateway has no live messages: subscriptions are off.')
  const { session } = options
  const rights = rightsOf(options.run, session, parts)
  const reader = await readerOf(options, rights)
  const { operation, delivery, viewer } = reader
  if (!viewer) throw fail('UNAUTHENTICATED', `Subscription.${operation.topic.field.name} needs a token.`)
  const { stream, whenOver } = openStream(reader, { session, rights }, parts)
  try {
    // First the channel, then the snapshot: whatever happens in between is a message that is held.
    const channel = channelOf(operation.topic, viewer.organizationId, delivery)
    const stop = await listen(topics, channel, (message) => stream.receive(message))
    whenOver(() => stop().catch((error: unknown) => parts.log.warn({ err: error }, 'leaving a topic failed')))
    whenOver(topics.onReconnect(() => stream.refresh()))
    const afterSeq = delivery.afterSeq ?? options.lastEventSeq
    stream.begin(await firstState(reader, parts, afterSeq), afterSeq)
    return stream
  } catch (error) {
    // It ended meanwhile, which broke this off: its own end says why.
    if (stream.isOver) return stream
    stream.finish()
    throw error
  }
}

async function start(
  options: SubscribeOptions,
  parts: Parts,
): Promise<AsyncGenerator<LiveResult, undefined>> {
  const { run, session } = options
  const operation = need(run.operation)
  const [root] = rootFields(operation, fragmentsOf(operation.document))
  const field = root.name.value
  await runSteps(parts.steps.subscribe, run, parts)
  if (need(run.generation).topics.has(field)) return startTopic(options, parts)
  return subscribeUpstream({ run, session, field }, parts)
}

/**
 * Begins a subscription. A field with `@topic` listens to its channel, then takes the snapshot, which the viewer must be
 * able to read; any other is subscribed to at its subgraph. Every error is masked already.
 */
export async function subscribe(options: SubscribeOptions, parts: Parts): Promise<Subscribed> {
  try {
    return { stream: await start(options, parts) }
  } catch (error) {
    if (error instanceof Refused) return { errors: error.errors }
    const { requestId } = options.run
    return { errors: errorsOf(error).map((one) => maskError(one, { requestId, log: parts.log })) }
  }
}

/** The errors as graphql-ws takes them. */
export function asGraphQLErrors(errors: readonly GraphQLFormattedError[]): GraphQLError[] {
  return errors.map((error) => new MaskedError(error))
}
