import { fail } from '@headcount/errors'
import { GraphQLError } from 'graphql'
import type { Parts } from '../exchange.ts'
import { errorsOf } from '../run-operation.ts'
import type { Generation } from '../supergraph/generation.ts'
import { channelOf, liveOperation, readDelivery } from './live-operation.ts'
import { type Reader, readMessage, readSnapshot } from './resolve.ts'
import { checkListener, type FindRights, type Rights } from './rights.ts'
import type { Session } from './session.ts'
import { LiveSubscription } from './subscription.ts'
import { textOf } from './text-of.ts'

/** A stream, and the list of what is undone when it ends; what is added after its end is undone at once. */
export interface OpenStream {
  readonly stream: LiveSubscription
  whenOver(undo: () => unknown): void
}

/** Why a snapshot is given up; with a code that makes no line in the log. */
const nobodyListens = fail('BAD_REQUEST', 'Nobody listens any more.')

/** The same subscription under another supergraph. @throws GraphQLError when it is none there, or is fed by another channel */
function inGeneration(reader: Reader, generation: Generation): Reader {
  const operation = liveOperation(
    generation.operations.find(textOf(reader.operation.source.document), undefined),
    generation,
  )
  const delivery = readDelivery(operation, reader.variables)
  if (channelOf(operation.topic, '', delivery) !== channelOf(reader.operation.topic, '', reader.delivery)) {
    throw new GraphQLError('The schema has changed, and what feeds this subscription: subscribe again.', {
      extensions: { code: 'NOT_READY' },
    })
  }
  return { ...reader, generation, operation, delivery }
}

/** A stream over a reader. It follows its session, and swaps of the supergraph: only what no longer fits is ended. */
export function openStream(
  first: Reader,
  from: { readonly session: Session; readonly rights: FindRights },
  parts: Parts,
): OpenStream {
  const { session, rights } = from
  let reader = first
  let isOver = false
  const undoing: (() => unknown)[] = []
  /** With the reader as the session has it now. @throws GraphQLError when the token has ended, or may not listen */
  const whenAllowed = <T>(use: (reader: Reader) => T | Promise<T>): T | Promise<T> => {
    const { generation, operation } = reader
    const allow = (found: Rights) => {
      checkListener(generation, operation.topic.field.name, found)
      return use({ ...reader, ...found })
    }
    const found = rights(operation.source)
    return found instanceof Promise ? found.then(allow) : allow(found)
  }
  const stream: LiveSubscription = new LiveSubscription({
    operation: first.operation,
    minIntervalMs: first.delivery.minIntervalMs,
    now: parts.now,
    readMessage: (message) => whenAllowed((now) => readMessage(now, message, parts)),
    readSnapshot: (seen) => whenAllowed((now) => readSnapshot(now, parts, seen)),
    onResult: (source) => parts.metrics.messages.inc({ source }),
    onEnd: () => {
      isOver = true
      for (const undo of undoing) void undo()
    },
  })
  const follow = (generation: Generation) => {
    try {
      reader = inGeneration(reader, generation)
      stream.refresh()
    } catch (error) {
      const [reason] = errorsOf(error)
      stream.finish(reason instanceof GraphQLError ? reason : new GraphQLError(String(error)))
    }
  }
  undoing.push(() => first.over.cancel(nobodyListens))
  parts.metrics.subscriptions.inc()
  undoing.push(() => parts.metrics.subscriptions.dec())
  undoing.push(session.onEnd((error) => stream.finish(error)))
  undoing.push(parts.generations.onSwap(follow))
  // It may have been swapped while policies or the extension were asked: nobody tells of that again.
  const now = parts.generations.current()
  if (now !== reader.generation) follow(now)
  return {
    stream,
    whenOver(undo) {
      if (isOver) void undo()
      else undoing.push(undo)
    },
  }
}
