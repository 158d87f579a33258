import { fail } from '@headcount/errors'
import type { Topics } from '@headcount/live'
import type { GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import { Cancellation } from '../cancellation.ts'
import type { Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { errorsOf } from '../run-operation.ts'
import { newRequestId } from '../steps/identify.ts'
import type { Generation } from '../supergraph/generation.ts'
import { Delivery } from './delivery.ts'
import type { Group, GroupOptions } from './group.ts'
import { facetsOf } from './identity.ts'
import { regroup } from './join.ts'
import { channelOf, liveOperation, readDelivery, underGeneration } from './live-operation.ts'
import { LogGroup } from './log-group.ts'
import { Refused } from './refused.ts'
import { checkListener } from './rights.ts'
import { StateGroup } from './state-group.ts'
import type { Subscriber } from './subscriber.ts'

/**
 * What makes all groups take a snapshot, a swap or a connection that is back, is spread over so long at least, in
 * milliseconds, and over one more for each group: some thousands of snapshots in one turn would hold up everything else.
 */
const refreshWithinMs = 1_000

/** What the live engine has done since it began. */
export interface LiveCounts {
  /** Messages of topics. */
  received: number
  /** States and events that were worked out, by what they came from. */
  readonly resolved: { message: number; snapshot: number; heartbeat: number }
  /** Results that subscribers did not get since newer ones had come. */
  merged: number
}

/** The groups of a gateway's subscribers to topics. */
export class Live {
  readonly parts: Parts
  readonly delivery = new Delivery()
  readonly counts: LiveCounts = {
    received: 0,
    resolved: { message: 0, snapshot: 0, heartbeat: 0 },
    merged: 0,
  }
  private readonly groups = new Map<string, Group>()

  constructor(parts: Parts) {
    this.parts = parts
    parts.topics?.onReconnect(() => {
      for (const group of this.groups.values()) group.refresh()
    })
    parts.generations.onSwap((generation) => this.follow(generation))
  }

  /** @throws GraphQLError where the gateway has none */
  get topics(): Topics {
    const { topics } = this.parts
    if (!topics) throw fail('BAD_USER_INPUT', 'This gateway has no live messages: subscriptions are off.')
    return topics
  }

  get log(): Logger {
    return this.parts.log
  }

  get groupCount(): number {
    return this.groups.size
  }

  /** Subscribers in groups. */
  get memberCount(): number {
    let count = 0
    for (const { size } of this.groups.values()) count += size
    return count
  }

  /** The subscriptions that groups serve, as the supergraph of now has them. */
  *operations(): Iterable<KnownOperation> {
    for (const { reader } of this.groups.values()) yield reader.operation.source
  }

  /** How long one of all groups waits before it takes a snapshot that all must take, in milliseconds. */
  refreshDelayMs(): number {
    return Math.random() * (refreshWithinMs + this.groups.size)
  }

  /** The group of a key; made where there is none. */
  groupOf(options: Omit<GroupOptions, 'live'>): Group {
    const known = this.groups.get(options.key)
    if (known) return known
    const isLog = options.reader.operation.topic.kind === 'LOG'
    const group = new (isLog ? LogGroup : StateGroup)({ ...options, live: this })
    this.groups.set(group.key, group)
    return group
  }

  forget(group: Group): void {
    if (this.groups.get(group.key) === group) this.groups.delete(group.key)
  }

  subscriberBegan(): void {
    this.parts.metrics.subscriptions.inc()
  }

  subscriberEnded(): void {
    this.parts.metrics.subscriptions.dec()
  }

  /** Results went out to so many. */
  sent(source: 'message' | 'snapshot' | 'heartbeat', count: number, publishedAtMs: number | undefined): void {
    const { metrics, now } = this.parts
    metrics.messages.add(source, count)
    if (publishedAtMs !== undefined) metrics.liveLag.observe((now() - publishedAtMs) / 1000, count)
  }

  maskAll(error: unknown): readonly GraphQLFormattedError[] {
    if (error instanceof Refused) return error.errors
    const requestId = newRequestId()
    return errorsOf(error).map((one) => maskError(one, { requestId, log: this.log }))
  }

  /** Puts a subscriber where it belongs with the token that it has now. */
  regroup(subscriber: Subscriber): void {
    const { group } = subscriber
    // While it is on its way into a group it is looked at again at the end.
    if (group) void regroup(subscriber, group, this)
  }

  /** Goes on under another supergraph: groups keep their members, and only what no longer fits is ended. */
  private follow(generation: Generation): void {
    for (const group of [...this.groups.values()]) {
      try {
        this.move(group, generation)
      } catch (error) {
        group.finish(this.maskAll(error))
      }
    }
  }

  /** @throws GraphQLError when it is no operation there, or is fed by another channel */
  private move(group: Group, generation: Generation): void {
    const { reader } = group
    const before = reader.operation
    const { source, variables } = underGeneration(before.source, reader.variables, generation)
    const operation = liveOperation(source, generation)
    const { organizationId = '' } = reader.rights.viewer ?? {}
    const asked = readDelivery(operation, variables)
    if (
      channelOf(operation.topic, organizationId, asked) !== group.channel ||
      operation.topic.kind !== before.topic.kind
    ) {
      throw fail('NOT_READY', 'The schema has changed, and what feeds this subscription: subscribe again.')
    }
    checkListener(generation, operation.topic.field.name, reader.rights)
    const next = {
      ...reader,
      generation,
      operation,
      variables,
      arguments: asked.arguments,
      over: new Cancellation(),
    }
    if (facetsOf(operation) === facetsOf(before)) group.become(next)
    else {
      // Other rights count, or others share: each member finds its own group, and nobody this one.
      this.forget(group)
      for (const member of group.members()) this.regroup(member)
    }
  }
}
