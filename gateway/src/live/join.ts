import { fail } from '@headcount/errors'
import { Cancellation, untilCancelled } from '../cancellation.ts'
import type { OperationRun } from '../exchange.ts'
import { newRequestId, traceparentOf } from '../steps/identify.ts'
import { need } from '../steps/need.ts'
import type { Group } from './group.ts'
import { type Asker, type Identity, identityOf } from './identity.ts'
import type { Live } from './live.ts'
import {
  channelOf,
  type Delivery,
  type LiveOperation,
  liveOperation,
  readDelivery,
  underGeneration,
} from './live-operation.ts'
import { askGuard, type Reader } from './reader.ts'
import { Refused } from './refused.ts'
import { checkListener, findRights } from './rights.ts'
import type { Session } from './session.ts'
import type { Subscriber } from './subscriber.ts'

/** Who wants to be a member of a group. */
interface Joining {
  readonly run: OperationRun
  readonly session: Session
  /** The position that its client has; undefined = none. */
  readonly afterSeq: number | undefined
}

/** A group, made ready for somebody. */
interface Place {
  readonly group: Group
  readonly delivery: Delivery
  readonly afterSeq: number | undefined
}

/** How often somebody may find that all has changed while it was made ready. */
const mostTurns = 5

/** A number for each subscriber that shares with nobody. */
let unshared = 0

async function askerOf({ run, session }: Joining, operation: LiveOperation, live: Live): Promise<Asker> {
  const viewer = session.viewer()
  const { policies, topic } = operation
  const rights = await findRights({ ...run, viewer, policies }, live.parts)
  checkListener(need(run.generation), topic.field.name, rights)
  if (!viewer) throw fail('UNAUTHENTICATED', `Subscription.${topic.field.name} needs a token.`)
  return { ...rights, viewer, clientHeaders: run.clientHeaders }
}

function keyOf(
  run: OperationRun,
  operation: LiveOperation,
  of: { channel: string; identity: Identity },
): string {
  const variables = Object.entries(need(run.variables)).filter(
    ([name]) => !operation.deliveryVariables.has(name),
  )
  return [of.channel, operation.source.normalised.text, JSON.stringify(variables), of.identity.key].join('\n')
}

interface Found {
  readonly operation: LiveOperation
  readonly delivery: Delivery
  readonly asker: Asker
  readonly identity: Identity
  readonly reader: Reader
  readonly key: string
  readonly channel: string
}

/** Where somebody belongs, by what it asks for and who it is now. @throws GraphQLError when it may not listen */
async function find(joining: Joining, live: Live): Promise<Found> {
  const { run } = joining
  const generation = need(run.generation)
  const operation = liveOperation(need(run.operation), generation)
  const variables = need(run.variables)
  const delivery = readDelivery(operation, variables)
  const asker = await askerOf(joining, operation, live)
  const { extension, forwardedOf } = live.parts
  // A hook that sees each fetch may send something else for each who asks.
  const isShared = extension?.onFetch === undefined
  const audience = isShared ? operation.audience : 'VIEWER'
  const identity = identityOf(asker, operation, { audience, forwarded: forwardedOf(asker) })
  const channel = channelOf(operation.topic, asker.viewer.organizationId, delivery)
  if (!isShared) unshared += 1
  const key = `${keyOf(run, operation, { channel, identity })}${isShared ? '' : `\n${unshared}`}`
  const reader: Reader = {
    generation,
    operation,
    arguments: delivery.arguments,
    variables,
    rights: identity,
    clientHeaders: run.clientHeaders,
    extension: isShared ? undefined : run.extension,
    over: new Cancellation(),
  }
  return { operation, delivery, asker, identity, reader, key, channel }
}

/** Asks the guard for the viewer itself, or once for all of the group where its answer is theirs too. */
function passGuard(group: Group, { operation, asker, reader }: Found, live: Live): Promise<void> {
  const { guard, guardAudience, audience } = operation
  if (!guard) return Promise.resolve()
  const ask = async (by: Reader) => {
    const refused = await askGuard(guard, by, live.parts)
    if (refused) throw new Refused(refused)
  }
  if (guardAudience !== 'VIEWER' || audience === 'VIEWER') return group.guarded(() => ask(group.reader))
  const over = new Cancellation()
  return ask({ ...reader, rights: asker, over })
}

/** The same operation under the supergraph that serves now. @throws RefusedDocument or GraphQLError when it is none there */
function underCurrent(run: OperationRun, live: Live): OperationRun {
  const generation = live.parts.generations.current()
  if (run.generation === generation) return run
  const { source, variables } = underGeneration(need(run.operation), need(run.variables), generation)
  return { ...run, generation, operation: source, variables }
}

/**
 * Finds a group for somebody, makes it ready, and lets `use` take the place. Whatever has changed while that took its time,
 * the supergraph or the token, is looked at again: nobody gets into a group that it does not belong to.
 */
async function enter<T>(first: Joining, live: Live, use: (place: Place) => T): Promise<T> {
  let joining = first
  for (let turn = 0; turn < mostTurns; turn += 1) {
    joining = { ...joining, run: underCurrent(joining.run, live) }
    const { run, session } = joining
    const found = await find(joining, live)
    const group = live.groupOf(found)
    const afterSeq = found.delivery.afterSeq ?? joining.afterSeq
    const taken = await group.hold(async () => {
      const work = group
        .opened()
        .then(() => passGuard(group, found, live))
        .then(() => group.prepare(afterSeq))
      await untilCancelled(work, run.cancellation)
      const isAsBefore =
        session.viewer() === found.asker.viewer && live.parts.generations.current() === run.generation
      if (!isAsBefore || group.isOver) return undefined
      return { value: use({ group, delivery: found.delivery, afterSeq }) }
    })
    if (taken) return taken.value
  }
  throw fail('NOT_READY', 'The schema or the token changed too often meanwhile; subscribe again.')
}

/** Begins a subscription. Rejects with why not: GraphQLError, Refused, RefusedDocument, or the reason of the cancellation. */
export function join(joining: Joining, live: Live, make: () => Subscriber): Promise<Subscriber> {
  return enter(joining, live, ({ group, delivery, afterSeq }) => {
    const subscriber = make()
    group.add(subscriber, { minIntervalMs: delivery.minIntervalMs, afterSeq })
    return subscriber
  })
}

/** Moves a subscriber to the group that it now belongs to; ends it where there is none. */
export async function regroup(subscriber: Subscriber, from: Group, live: Live): Promise<void> {
  const { clientHeaders, extension, session } = subscriber
  const { generation, operation, variables } = from.reader
  const minIntervalMs = subscriber.lane?.intervalMs ?? 0
  const run: OperationRun = {
    requestId: newRequestId(),
    traceparent: traceparentOf(undefined),
    cancellation: new Cancellation(),
    clientHeaders,
    extension,
    viewer: undefined,
    parameters: {},
    generation,
    operation: operation.source,
    variables,
  }
  const { seq } = subscriber
  try {
    await from.hold(async () => {
      // What it had rights to it may have no more: nothing reaches it until it has its place.
      from.remove(subscriber)
      await enter({ run, session, afterSeq: undefined }, live, ({ group }) => {
        const afterSeq = group === from && seq >= 0 ? seq : undefined
        if (!subscriber.isOver) group.add(subscriber, { minIntervalMs, afterSeq })
      })
    })
  } catch (error) {
    subscriber.finish(live.maskAll(error))
  }
}
