import { askedWaitMs, backOffMs } from './back-off.ts'
import type { Clock } from './clock.ts'
import { type Delivery, readDelivery } from './delivery.ts'
import { Hearing } from './hearing.ts'
import type { LiveOperation, LiveSink } from './live-client.ts'
import { errorOf, type LiveError, UNAUTHENTICATED, unreachable } from './live-error.ts'
import { isFailure, type LiveResult } from './live-result.ts'
import type { LiveState } from './live-state.ts'
import type { AttemptEnd, CloseReason, LiveRequest, Transport } from './transport.ts'

/** The platform sends a heartbeat every 2 s. */
const SILENCE_LIMIT_MS = 10_000
/** However long a stream may be silent: the server has let it in by then, or the attempt is lost. */
const OPENING_LIMIT_MS = 10_000

interface SubscriptionParts<Data> {
  readonly operation: LiveOperation<Data>
  readonly sink: LiveSink<Data>
  readonly transport: Transport
  readonly clock: Clock
  readonly random: () => number
  readonly onEnd: () => void
}

/** One operation over as many attempts as it takes: each resumes after what was heard before. */
export class LiveSubscription<Data> {
  readonly #parts: SubscriptionParts<Data>
  readonly #hearing: Hearing
  /** Whether the position is the operation's own, and goes into its variables. */
  #isOwnPosition = false
  #attempt = 0
  #failures = 0
  #state: LiveState = { phase: 'connecting' }
  #isWaitAsked = false
  #close: (reason: CloseReason) => void = () => {}
  #cancelTimer = () => {}

  constructor(parts: SubscriptionParts<Data>) {
    this.#parts = parts
    this.#hearing = new Hearing(parts.clock)
  }

  start(): void {
    this.#connect()
  }

  /** Ends it without a word. */
  stop(): void {
    this.#abandon('unwanted')
    this.#parts.onEnd()
  }

  wake(): void {
    const isWaiting = this.#state.phase === 'lost' && this.#state.retryAt !== undefined
    if (isWaiting && !this.#isWaitAsked) this.#connect()
  }

  #connect(): void {
    this.#abandon('unwanted')
    const attempt = this.#attempt
    const isCurrent = () => attempt === this.#attempt
    this.#enter(this.#hearing.attempting)
    // The sink may have stopped it.
    if (!isCurrent()) return
    this.#watch(Math.min(OPENING_LIMIT_MS, this.#silenceLimitMs))
    this.#close = this.#parts.transport.open(this.#request(), {
      opened: () => isCurrent() && this.#watch(this.#silenceLimitMs),
      result: (result, eventId) => isCurrent() && this.#receive(result, eventId),
      end: (end) => isCurrent() && this.#lose(end, 'unwanted'),
    })
  }

  #request(): LiveRequest {
    const {
      query = '',
      documentId,
      operationName,
      variables,
      extensions,
      ownPosition,
    } = this.#parts.operation
    const { position } = this.#hearing
    const own = this.#isOwnPosition && position !== undefined ? ownPosition?.variables(position) : undefined
    return {
      query,
      ...(documentId && { documentId }),
      ...(operationName && { operationName }),
      ...((variables || own) && { variables: { ...variables, ...own } }),
      extensions: { ...extensions, resume: position ?? null },
    }
  }

  /** Whatever the present attempt still says is not heard any more. */
  #abandon(reason: CloseReason): void {
    this.#attempt++
    this.#cancelTimer()
    const close = this.#close
    this.#close = () => {}
    close(reason)
  }

  #receive(message: LiveResult, eventId: string | undefined): void {
    const result = message as LiveResult<Data>
    const delivery = this.#place(result, eventId)
    const error = isFailure(result) ? errorOf(result.errors ?? []) : undefined
    if (error && (error.isFinal || error.code === UNAUTHENTICATED)) {
      this.#lose({ error }, 'unwanted')
      return
    }
    // A failure is a sign of life of the server, not of the stream: its silence goes on.
    if (error || this.#hear(delivery)) this.#tell((sink) => sink.next(result, delivery))
  }

  /** Whether the sink still wants the result, once it knows the state. */
  #hear(delivery: Delivery): boolean {
    this.#failures = 0
    this.#watch(this.#silenceLimitMs)
    const attempt = this.#attempt
    if (this.#hearing.hear(delivery)) this.#enter(this.#hearing.live)
    return attempt === this.#attempt
  }

  #place(result: LiveResult<Data>, eventId: string | undefined): Delivery {
    const delivery = readDelivery(result, eventId)
    if (delivery.position !== undefined) {
      this.#isOwnPosition = false
      return delivery
    }
    const position = result.data ? this.#parts.operation.ownPosition?.of(result.data) : undefined
    if (position === undefined) return delivery
    this.#isOwnPosition = true
    return { ...delivery, position }
  }

  #lose(end: AttemptEnd, reason: CloseReason): void {
    const error = 'error' in end ? end.error : undefined
    this.#abandon(error?.code === UNAUTHENTICATED ? 'unauthenticated' : reason)
    if (error ? error.isFinal : !this.#parts.operation.isEndless) this.#end(error)
    else this.#retry(error)
  }

  #retry(error: LiveError | undefined): void {
    const waitMs = this.#waitMs(error)
    const attempt = this.#attempt
    const retryAt = this.#parts.clock.now() + waitMs
    this.#enter({ ...this.#hearing.lose(), retryAt, ...(error && { error }) })
    if (attempt !== this.#attempt) return
    this.#cancelTimer = this.#parts.clock.after(waitMs, () => this.#connect())
  }

  #waitMs(error: LiveError | undefined): number {
    const { random } = this.#parts
    const failures = this.#failures++
    this.#isWaitAsked = error?.retryAfterMs !== undefined
    // A hint is about the server's first moment back; who still fails then backs off.
    if (error?.retryAfterMs !== undefined) {
      return Math.max(askedWaitMs(error.retryAfterMs, random), failures > 0 ? backOffMs(failures, random) : 0)
    }
    return backOffMs(failures, random)
  }

  #end(error: LiveError | undefined): void {
    this.#parts.onEnd()
    const attempt = this.#attempt
    this.#enter(error ? { phase: 'ended', error } : { phase: 'ended' })
    if (attempt !== this.#attempt) return
    this.#tell((sink) => (error ? sink.error(error) : sink.complete()))
  }

  get #silenceLimitMs(): number {
    return this.#parts.operation.silenceLimitMs ?? SILENCE_LIMIT_MS
  }

  #watch(limitMs: number): void {
    this.#cancelTimer()
    if (limitMs === Number.POSITIVE_INFINITY) return
    const error = unreachable(`Nothing came for ${limitMs / 1000} s.`)
    this.#cancelTimer = this.#parts.clock.after(limitMs, () => this.#lose({ error }, 'silent'))
  }

  #enter(state: LiveState): void {
    this.#state = state
    this.#tell((sink) => sink.state?.(state))
  }

  #tell(call: (sink: LiveSink<Data>) => void): void {
    try {
      call(this.#parts.sink)
    } catch (error) {
      // A fault of the sink's is not the connection's; it is thrown where nobody of ours catches it.
      queueMicrotask(() => {
        throw error
      })
    }
  }
}
