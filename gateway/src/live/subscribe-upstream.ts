import { fail } from '@headcount/errors'
import { GraphQLError } from 'graphql'
import type { OperationRun, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import { errorsOf } from '../run-operation.ts'
import { alone } from '../steps/identify.ts'
import { need } from '../steps/need.ts'
import { plan } from '../steps/plan.ts'
import type { Generation } from '../supergraph/generation.ts'
import type { OpenEvents, SubgraphEvents } from '../upstream/streams/subgraph-events.ts'
import { type EventProgram, eventProgram } from './event-program.ts'
import { checkListener, type RightsNow, rightsOf } from './rights.ts'
import { lacked, runEvent } from './run-event.ts'
import type { Session } from './session.ts'
import type { Sink } from './sink.ts'
import { textOf } from './text-of.ts'
import { UpstreamSubscription } from './upstream-subscription.ts'

/** A subscription to a field that a subgraph feeds. */
export interface UpstreamOptions {
  readonly run: OperationRun
  readonly session: Session
  readonly sink: Sink
  /** Name of the subscription's field. */
  readonly field: string
}

/** Ways to subgraphs' events; a generation that was made without them subscribes to no subgraph. */
interface Streaming extends Pick<Generation, 'sdl'> {
  readonly streams?: ReadonlyMap<string, OpenEvents>
}

function open(program: EventProgram | undefined, { run, field }: UpstreamOptions): Promise<SubgraphEvents> {
  const { streams }: Streaming = need(run.generation)
  const way = program && streams?.get(program.operation.subgraph)
  if (!program || !way) {
    throw fail(
      'BAD_USER_INPUT',
      `Subscription.${field} has no @topic, and its subgraph takes no subscriptions.`,
    )
  }
  const { requestId, traceparent, viewer, clientHeaders: headers, extension, cancellation } = run
  const context = { requestId, traceparent, viewer, headers, extension }
  const { operation } = program
  return way({ operation, variables: program.variables(need(run.variables)), context }, cancellation.signal)
}

interface Opened extends UpstreamOptions {
  readonly events: SubgraphEvents
  readonly program: EventProgram
  readonly rights: RightsNow
  readonly lacked: string
}

/** The subscriber. It stays with the program that it began with; a supergraph that refuses it ends it. */
function subscriberOf(opened: Opened, parts: Parts): UpstreamSubscription {
  const { run, session, sink, events } = opened
  const { requestId } = run
  let operation = need(run.operation)
  const reader = { ...opened, current: () => operation }
  let stopFollowing = () => {}
  const stopWatching = parts.usage?.watch(() => [operation])
  const subscription: UpstreamSubscription = new UpstreamSubscription({
    ...{ events, sink, session },
    resolve: (event, cancellation) => runEvent(event, reader, { parts, cancellation }),
    mask: (error) => maskError(error, { requestId, log: parts.log }),
    onResult: () => parts.metrics.messages.add('event'),
    onEnd: () => {
      stopFollowing()
      stopWatching?.()
      parts.metrics.subscriptions.dec()
    },
  })
  const follow = (generation: Generation) => {
    try {
      operation = generation.operations.find(textOf(operation.document), undefined)
    } catch (error) {
      const [reason] = errorsOf(error)
      subscription.finish(reason instanceof GraphQLError ? reason : new GraphQLError(String(error)))
    }
  }
  parts.metrics.subscriptions.inc()
  stopFollowing = parts.generations.onSwap(follow)
  // It may have been swapped while the subgraph was asked.
  const now = parts.generations.current()
  if (now !== run.generation) follow(now)
  return subscription
}

/** Subscribes to the subgraph that feeds a field. @throws GraphQLError when the viewer may not listen, or the subgraph is away */
export async function subscribeUpstream(asked: UpstreamOptions, parts: Parts): Promise<UpstreamSubscription> {
  const { session, field } = asked
  // It lives as long as the subscription.
  const run = {
    ...asked.run,
    requestId: alone(asked.run.requestId),
    traceparent: alone(asked.run.traceparent),
  }
  const options = { ...asked, run }
  const operation = need(run.operation)
  const rights = rightsOf(run, session, parts)
  const first = await rights(operation)
  checkListener(need(run.generation), field, first)
  run.held = first.held
  await plan(run, parts)
  const program = eventProgram(need(run.program))
  const events = await open(program, options)
  try {
    // The token may have ended while the subgraph was asked.
    session.viewer()
    const before = lacked(operation, first)
    const opened = { ...options, events, program: need(program), rights, lacked: before }
    const subscription = subscriberOf(opened, parts)
    void subscription.run()
    return subscription
  } catch (error) {
    events.close()
    throw error
  }
}
