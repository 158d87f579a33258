import { type JetStreamClient, type JetStreamManager, NatsError } from 'nats'
import type { Logger } from 'pino'
import { BusUnavailable } from './bus.ts'
import type { NatsLink } from './nats-link.ts'
import { ensureStreams } from './nats-streams.ts'
import { reasonOf } from './reason-of.ts'

/** How long one request to the server may take. */
export const REQUEST_DEADLINE_MS = 2000

/** JetStream with all streams in place. */
export interface OpenQueue {
  js: JetStreamClient
  manager: JetStreamManager
}

/** Opens the queue when it is needed, and again after the server was away. */
export interface NatsQueue {
  /** Rejects with BusUnavailable. */
  open(): Promise<OpenQueue>
  /** What a failed request means; after this the streams are looked for again. */
  failed(err: unknown): Error
}

/** Makes the queue of a connection. */
export function createQueue(link: NatsLink, { replicas, log }: { replicas: number; log: Logger }): NatsQueue {
  let opening: Promise<OpenQueue> | undefined

  async function connect(): Promise<OpenQueue> {
    const connection = await link.connected()
    const manager = await connection.jetstreamManager({ timeout: REQUEST_DEADLINE_MS })
    await ensureStreams(manager, replicas)
    return { js: connection.jetstream({ timeout: REQUEST_DEADLINE_MS }), manager }
  }

  function open(): Promise<OpenQueue> {
    if (opening) return opening
    const attempt = connect().catch((err: unknown) => {
      if (opening === attempt) opening = undefined
      throw unavailable(err)
    })
    opening = attempt
    return attempt
  }

  link.onConnect(() => {
    // The server may have come back empty.
    opening = undefined
    open().catch((err: unknown) => log.warn({ reason: reasonOf(err) }, 'The streams are not there yet'))
  })

  return {
    open,
    failed(err) {
      // The server looked at the request and does not want it: a repetition is vain.
      if (err instanceof NatsError && err.api_error?.code === 400) return err
      opening = undefined
      return unavailable(err)
    },
  }
}

function unavailable(err: unknown): BusUnavailable {
  if (err instanceof BusUnavailable) return err
  return new BusUnavailable(`The queue cannot be used: ${reasonOf(err)}.`, { cause: err })
}
