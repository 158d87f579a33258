import { setTimeout as sleep } from 'node:timers/promises'
import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from 'nats'
import type { Logger } from 'pino'
import { type AttemptPolicy, attemptHandler } from './attempt.ts'
import type { SubscribeOptions } from './bus.ts'
import { createLanes } from './lanes.ts'
import { putAside } from './nats-dead-letters.ts'
import { decodeMessage } from './nats-message.ts'
import { ensureConsumer } from './nats-streams.ts'
import { createPause } from './pause.ts'
import { reasonOf } from './reason-of.ts'
import { createSignal } from './signal.ts'
import { streamsOf } from './streams.ts'
import { matchesSubject } from './subjects.ts'

const MAXIMUM_HELD = 64
const CONCURRENT_SUBJECTS = 8
const LONGEST_PAUSE_MS = 2000
const STILL_WORKING_MS = 1500
// The client's defaults wait up to half a minute for a server that has crashed.
const PULL = { expires: 5000, idle_heartbeat: 1000 }

/** What a consumer counts. */
export interface ConsumerCounters {
  handled: number
  retried: number
  dead: number
}

/** What a consumer needs. */
export interface NatsConsumerOptions extends SubscribeOptions {
  /** The queue with all its streams. Rejects with BusUnavailable where it can't be reached. */
  queue(): Promise<{ js: JetStreamClient; manager: JetStreamManager }>
  counters: ConsumerCounters
  policy: AttemptPolicy
  log: Logger
}

/**
 * Pulls the messages of one service and hands them to its handler. At most 64 are held in this process; for
 * each the server is told every 1.5 s that it is being worked on, so it is given to another process only 5 s
 * after this one has died.
 */
export class NatsConsumer {
  readonly #options: NatsConsumerOptions
  readonly #stopping = new AbortController()
  readonly #lanes = createLanes({ concurrency: CONCURRENT_SUBJECTS })
  readonly #room = createSignal()
  readonly #held = new Set<JsMsg>()
  readonly #pulls = new Set<ConsumerMessages>()
  readonly #flowing = new Set<string>()
  readonly #parts: ReturnType<typeof streamsOf>
  readonly #running: Promise<unknown>

  constructor(options: NatsConsumerOptions) {
    this.#options = options
    this.#parts = streamsOf(options.subjects)
    const working = setInterval(() => {
      for (const message of this.#held) message.working()
    }, STILL_WORKING_MS)
    const loops = this.#parts.map((part) => this.#follow(part.stream.name, part.subjects))
    this.#running = Promise.all(loops).finally(() => clearInterval(working))
  }

  /** Whether messages of all its streams flow. */
  get isFlowing(): boolean {
    return this.#flowing.size === this.#parts.length
  }

  /** Asks anew: what was asked of a server that has gone is never answered. */
  renew(): void {
    for (const pull of this.#pulls) pull.stop()
  }

  /** Gives back what has not begun, and waits for what has. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.renew()
    this.#room.raise()
    await this.#lanes.idle()
    await this.#running
  }

  /** Pulls from one stream until stopped, however often the queue or the consumer goes away. */
  async #follow(stream: string, subjects: string[]): Promise<void> {
    const { consumer, queue, log } = this.#options
    const pause = createPause(LONGEST_PAUSE_MS)
    while (!this.#stopping.signal.aborted) {
      try {
        const { js, manager } = await queue()
        await ensureConsumer(manager, { stream, consumer, subjects })
        const pulled = await js.consumers.get(stream, consumer)
        this.#flowing.add(stream)
        pause.reset()
        while (!this.#stopping.signal.aborted) {
          const free = await this.#awaitRoom()
          await this.#take(await pulled.fetch({ max_messages: free, ...PULL }), js)
        }
      } catch (err) {
        this.#flowing.delete(stream)
        log.warn({ consumer, stream, reason: reasonOf(err) }, 'Messages do not flow; trying again')
        await sleep(pause.next(), undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
  }

  async #awaitRoom(): Promise<number> {
    while (this.#held.size >= MAXIMUM_HELD && !this.#stopping.signal.aborted) {
      await this.#room.wait(STILL_WORKING_MS)
    }
    return Math.max(1, MAXIMUM_HELD - this.#held.size)
  }

  async #take(pull: ConsumerMessages, js: JetStreamClient): Promise<void> {
    this.#pulls.add(pull)
    try {
      for await (const message of pull) {
        this.#held.add(message)
        void this.#lanes
          .run(message.subject, () => this.#settle(message, js))
          .catch((err: unknown) => this.#options.log.warn({ err }, 'A message could not be answered for'))
          .finally(() => {
            this.#held.delete(message)
            this.#room.raise()
          })
      }
    } finally {
      this.#pulls.delete(pull)
    }
  }

  async #settle(raw: JsMsg, js: JetStreamClient): Promise<void> {
    const { handle, counters, policy, subjects } = this.#options
    if (this.#stopping.signal.aborted) return raw.nak()
    // What an earlier version of the service asked for and has not answered still comes.
    if (!subjects.some((pattern) => matchesSubject(pattern, raw.subject))) return raw.ack()
    const attempt = raw.info.deliveryCount
    const message = decodeMessage(raw.subject, raw.data)
    if (!message) return this.#giveUp(raw, js, 'its body is no message of ours')
    // More deliveries than attempts: the process that had it died each time.
    if (attempt > policy.maximum) return this.#giveUp(raw, js, 'it was never finished')
    try {
      await attemptHandler(handle, message, policy.deadlineMs)
      raw.ack()
      counters.handled++
    } catch (err) {
      const reason = reasonOf(err)
      if (attempt >= policy.maximum) return this.#giveUp(raw, js, reason)
      counters.retried++
      const delayMs = policy.delayMs(attempt)
      this.#options.log.warn(
        { consumer: this.#options.consumer, subject: raw.subject, id: message.id, attempt, delayMs, err },
        'A message failed and will come again',
      )
      // A bare nak would come back at once.
      raw.nak(delayMs)
    }
  }

  async #giveUp(message: JsMsg, js: JetStreamClient, reason: string): Promise<void> {
    const { consumer, log, counters } = this.#options
    await putAside(js, { message, consumer, reason })
    message.term()
    counters.dead++
    const { subject, info } = message
    log.error(
      { consumer, subject, attempts: info.deliveryCount, reason },
      'Gave up a message; it lies in DEAD',
    )
  }
}
