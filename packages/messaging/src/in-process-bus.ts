import type { Logger } from 'pino'
import { type AttemptPolicy, attemptHandler, defaultPolicy } from './attempt.ts'
import { type Bus, BusUnavailable, type SubscribeOptions } from './bus.ts'
import { createLanes, type Lanes } from './lanes.ts'
import type { Message } from './message.ts'
import { reasonOf } from './reason-of.ts'
import { streamFor, streamsOf } from './streams.ts'
import { matchesSubject } from './subjects.ts'

const CONCURRENT_SUBJECTS = 8

/** What `inProcessBus` needs. */
export interface InProcessBusOptions {
  log: Logger
  /** The clock. Default: the system's. */
  now?: () => number
  /** How long a handler may take; the relay does the rest. */
  policy?: Pick<AttemptPolicy, 'deadlineMs'>
}

interface Consumer {
  options: SubscribeOptions
  lanes: Lanes
}

/**
 * A bus within one process, for the embedded default. It stores nothing: `publish` resolves when every
 * subscriber has applied the message, and until then the publisher's outbox keeps it. So all services must
 * have subscribed before a relay starts. A handler that fails makes `publish` reject; the relay tries again.
 */
export function inProcessBus({ log, now = Date.now, policy = defaultPolicy }: InProcessBusOptions): Bus {
  const consumers = new Map<string, Consumer>()
  const heard = new Map<string, number>()
  const counters = { published: 0, handled: 0, retried: 0, dead: 0 }
  let isClosed = false

  async function apply(consumer: Consumer, message: Message): Promise<void> {
    try {
      await consumer.lanes.run(message.subject, () =>
        attemptHandler(consumer.options.handle, message, policy.deadlineMs),
      )
      counters.handled++
    } catch (err) {
      counters.retried++
      const { consumer: name } = consumer.options
      log.warn({ err, consumer: name, subject: message.subject, id: message.id }, 'A message failed')
      throw new Error(`${name} could not apply ${message.subject}: ${reasonOf(err)}`, { cause: err })
    }
  }

  return {
    counters,
    async publish(service, message) {
      if (isClosed) throw new BusUnavailable('The bus is closed.')
      streamFor(service, message.subject)
      const matching = [...consumers.values()].filter(({ options }) =>
        options.subjects.some((pattern) => matchesSubject(pattern, message.subject)),
      )
      const outcomes = await Promise.allSettled(matching.map((consumer) => apply(consumer, message)))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) throw failed.reason
      counters.published++
    },
    async subscribe(options) {
      streamsOf(options.subjects)
      if (consumers.has(options.consumer)) throw alreadySubscribed(options.consumer)
      const consumer = { options, lanes: createLanes({ concurrency: CONCURRENT_SUBJECTS }) }
      consumers.set(options.consumer, consumer)
      return {
        stop: () => {
          consumers.delete(options.consumer)
          return consumer.lanes.idle()
        },
      }
    },
    beat: (service) => void heard.set(service, now()),
    lastHeard: (service) => heard.get(service),
    async ready() {
      if (isClosed) throw new BusUnavailable('The bus is closed.')
    },
    async close() {
      isClosed = true
      await Promise.all([...consumers.values()].map(({ lanes }) => lanes.idle()))
      consumers.clear()
    },
  }
}

/** The error of a second subscription of one consumer, which would take messages from the first. */
export function alreadySubscribed(consumer: string): Error {
  return new Error(`${consumer} has subscribed already; pass all its subjects in one subscription.`)
}
