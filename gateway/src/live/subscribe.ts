import { refusal, satisfies, type Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { LiveMessage, Topics } from '@headcount/live'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { OperationRun, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import { errorsOf } from '../run-operation.ts'
import { checkVariables } from '../steps/check-variables.ts'
import { need } from '../steps/need.ts'
import { channelOf, liveOperation, readDelivery } from './live-operation.ts'
import { checkGuard, type Reader, readMessage, readSnapshot, type State } from './resolve.ts'
import type { Session } from './session.ts'
import { LiveSubscription } from './subscription.ts'

/** A subscription that runs, or why it does not. */
export type Subscribed =
  | { readonly stream: LiveSubscription }
  | { readonly errors: readonly GraphQLFormattedError[] }

/** Who subscribes, to what, from where on. */
export interface SubscribeOptions {
  /** An operation that was found, with its parameters. */
  readonly run: OperationRun
  readonly session: Session
  /** What the transport says of `afterSeq` (an event stream's Last-Event-ID); the field's own argument goes first. */
  readonly lastEventSeq?: number | undefined
}

function readerOf(options: SubscribeOptions): Reader {
  const { run, session } = options
  const generation = need(run.generation)
  const operation = liveOperation(need(run.operation), generation)
  const variables = run.parameters.variables ?? {}
  const delivery = readDelivery(operation, variables)
  const { requestId, traceparent } = run
  return { generation, operation, delivery, variables, requestId, traceparent, viewer: session.viewer() }
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
async function firstState(reader: Reader, parts: Parts): Promise<State | undefined> {
  const refused = await checkGuard(reader, parts)
  if (refused) throw new Refused(refused)
  if (!reader.operation.snapshot) return undefined
  const reading = await readSnapshot(reader, parts)
  if ('errors' in reading) throw new Refused(reading.errors)
  return reading.state
}

/** The viewer as the session has it now. @throws GraphQLError when the token has ended, or gives no right to listen */
function listener(reader: Reader, session: Session): Viewer | undefined {
  const { schema, rules } = reader.generation
  const viewer = session.viewer()
  const type = schema.getSubscriptionType()
  const missing =
    type &&
    rules
      .needs(type, reader.operation.topic.field.name, type)
      .find((requirement) => !satisfies(viewer, requirement.requirement))
  if (missing) throw refusal(viewer, missing.coordinate, missing.requirement)
  return viewer
}

/** A stream over a reader, wired to its session; `leave` undoes what was begun. */
function openStream(reader: Reader, options: SubscribeOptions, parts: Parts) {
  const { session } = options
  const { operation, delivery } = reader
  const leaving: (() => unknown)[] = []
  const current = () => ({ ...reader, viewer: listener(reader, session) })
  const stream: LiveSubscription = new LiveSubscription({
    operation,
    minIntervalMs: delivery.minIntervalMs,
    now: parts.now,
    readMessage: (message) => readMessage(current(), message, parts),
    readSnapshot: () => readSnapshot(current(), parts),
    onResult: (source) => parts.metrics.messages.inc({ source }),
    onEnd: () => {
      for (const leave of leaving) void leave()
    },
  })
  parts.metrics.subscriptions.inc()
  leaving.push(() => parts.metrics.subscriptions.dec())
  leaving.push(session.onEnd((error) => stream.finish(error)))
  return { stream, leaving }
}

async function start(options: SubscribeOptions, parts: Parts): Promise<LiveSubscription> {
  const { run } = options
  await checkVariables(run, parts)
  const reader = readerOf(options)
  const { topics } = parts
  if (!topics) throw fail('BAD_USER_INPUT', 'This gateway has no live messages: subscriptions are off.')
  const { operation, delivery } = reader
  const viewer = listener(reader, options.session)
  if (!viewer) throw fail('UNAUTHENTICATED', `Subscription.${operation.topic.field.name} needs a token.`)
  const { stream, leaving } = openStream(reader, options, parts)
  try {
    // First the channel, then the snapshot: whatever happens in between is a message that is held.
    const channel = channelOf(operation.topic, viewer.organizationId, delivery)
    const stop = await listen(topics, channel, (message) => stream.receive(message))
    leaving.push(() =>
      stop().catch((error: unknown) => parts.log.warn({ err: error }, 'leaving a topic failed')),
    )
    leaving.push(topics.onReconnect(() => stream.refresh()))
    stream.begin(await firstState(reader, parts), delivery.afterSeq ?? options.lastEventSeq)
    return stream
  } catch (error) {
    stream.finish()
    throw error
  }
}

/**
 * Begins a subscription: listens to its channel, then takes the snapshot, which the viewer must be able to read.
 * Every error is masked already.
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
  return errors.map((error) => {
    const { message, path, extensions } = error
    return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? {} })
  })
}
