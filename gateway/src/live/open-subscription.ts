import type { GraphQLFormattedError } from 'graphql'
import type { OperationRun, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps } from '../run-stages.ts'
import { need } from '../steps/need.ts'
import { join } from './join.ts'
import { Refused } from './refused.ts'
import { fragmentsOf, rootFields } from './selected-fields.ts'
import type { Session } from './session.ts'
import type { Sink, Subscription } from './sink.ts'
import { subscribeUpstream } from './subscribe-upstream.ts'
import { Subscriber } from './subscriber.ts'

/** Who subscribes, to what, from where on, and where results go. */
export interface OpenOptions {
  /** An operation that was found, with its parameters. */
  readonly run: OperationRun
  readonly session: Session
  readonly sink: Sink
  /** What the transport says of `afterSeq` (`extensions.resume`, Last-Event-ID); the field's own argument goes first. */
  readonly lastEventSeq?: number | undefined
  /** Whether the client asked to be told positions (`extensions.resume`). */
  readonly wantsPosition?: boolean | undefined
}

/** A subscription under way, or why it is refused (masked errors). */
export type Opened =
  | { readonly subscription: Subscription }
  | { readonly errors: readonly GraphQLFormattedError[] }

async function open(options: OpenOptions, parts: Parts): Promise<Subscription> {
  const { run, session, sink, lastEventSeq, wantsPosition = false } = options
  const { definition, document } = need(run.operation)
  const [root] = rootFields(definition, fragmentsOf(document))
  const field = root.name.value
  await runSteps(parts.steps.subscribe, run, parts)
  if (!need(run.generation).topics.has(field)) return subscribeUpstream({ run, session, sink, field }, parts)
  const { live } = parts
  const { clientHeaders, extension } = run
  return join({ run, session, afterSeq: lastEventSeq }, live, () => {
    return new Subscriber(live, { sink, session, wantsPosition, clientHeaders, extension })
  })
}

/**
 * Begins a subscription. A field with `@topic` joins a group that listens to its channel and has its snapshot, which the
 * viewer must be able to read; any other is subscribed to at its subgraph. Results may go to the sink before this
 * resolves; until it has, the run's cancellation gives it up.
 */
export async function openSubscription(options: OpenOptions, parts: Parts): Promise<Opened> {
  const opened = await tryToOpen(options, parts)
  parts.usage?.count(options.run, 'errors' in opened)
  return opened
}

async function tryToOpen(options: OpenOptions, parts: Parts): Promise<Opened> {
  try {
    return { subscription: await open(options, parts) }
  } catch (error) {
    if (error instanceof Refused) return { errors: error.errors }
    const { requestId } = options.run
    return { errors: errorsOf(error).map((one) => maskError(one, { requestId, log: parts.log })) }
  }
}
