import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ConnectionOptions, connect, Events, type NatsConnection, type Status } from 'nats'
import type { Logger } from 'pino'
import { BusUnavailable } from './bus.ts'
import { createPause } from './pause.ts'
import { reasonOf } from './reason-of.ts'

const LONGEST_PAUSE_MS = 2000
const FIRST_DEADLINE_MS = 2000

/** A connection that comes back by itself for ever. It begins to connect when it is made. */
export class NatsLink {
  readonly #options: { url: string; log: Logger }
  readonly #closing = new AbortController()
  readonly #ups = new EventEmitter<{ up: [NatsConnection] }>().setMaxListeners(0)
  readonly #running: Promise<void>
  #connection: NatsConnection | undefined
  #isUp = false
  #wasUp = false
  #reason = 'not connected yet'

  constructor(options: { url: string; log: Logger }) {
    this.#options = options
    this.#running = this.#run()
  }

  /** The connection, if it stands now. Throws BusUnavailable otherwise. */
  current(): NatsConnection {
    if (this.#connection && this.#isUp) return this.#connection
    throw new BusUnavailable(`NATS cannot be reached: ${this.#reason}.`)
  }

  /** The same, but a first connection that is still being made is waited for, at most 2 s. */
  async connected(): Promise<NatsConnection> {
    if (!this.#wasUp) {
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(FIRST_DEADLINE_MS)])
      await once(this.#ups, 'up', { signal }).catch(() => undefined)
    }
    return this.current()
  }

  /** Calls with the connection each time that it stands (again). */
  onConnect(listener: (connection: NatsConnection) => void): void {
    this.#ups.on('up', listener)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#connection?.close()
    await this.#running
    // One that came to stand in the meantime.
    await this.#connection?.close()
  }

  async #run(): Promise<void> {
    const pause = createPause(LONGEST_PAUSE_MS)
    while (!this.#closing.signal.aborted) {
      try {
        this.#connection = await connect(optionsFor(this.#options.url))
        if (this.#closing.signal.aborted) break
        pause.reset()
        // It never ends by itself, not even when the connection is closed.
        void this.#watch(this.#connection.status())
        this.#rise(this.#connection)
        await this.#connection.closed()
      } catch (err) {
        const reason = reasonOf(err)
        if (reason !== this.#reason)
          this.#options.log.warn({ reason }, 'NATS cannot be reached; trying again')
        this.#reason = reason
      }
      this.#isUp = false
      await sleep(pause.next(), undefined, { signal: this.#closing.signal }).catch(() => undefined)
    }
  }

  async #watch(status: AsyncIterable<Status>): Promise<void> {
    for await (const { type } of status) {
      if (type === Events.Disconnect && !this.#closing.signal.aborted) {
        this.#isUp = false
        this.#reason = 'the connection was lost'
        this.#options.log.warn('The connection to NATS was lost; trying again')
      }
      if (type === Events.Reconnect && this.#connection) {
        this.#options.log.info('NATS is reachable again')
        this.#rise(this.#connection)
      }
    }
  }

  #rise(connection: NatsConnection): void {
    this.#isUp = true
    this.#wasUp = true
    this.#ups.emit('up', connection)
  }
}

function optionsFor(url: string): ConnectionOptions {
  const { host, username, password } = new URL(url)
  const secret = decodeURIComponent(password)
  const name = decodeURIComponent(username)
  return {
    servers: host,
    name: 'headcount',
    ...(secret ? { user: name, pass: secret } : name ? { token: name } : {}),
    ...(url.startsWith('tls:') ? { tls: {} } : {}),
    timeout: 2000,
    // A server that hangs is noticed within 6 s.
    pingInterval: 2000,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 500,
    ignoreAuthErrorAbort: true,
  }
}
