import type { IncomingHttpHeaders } from 'node:http'
import type { Viewer } from '@headcount/access'
import { Cancellation } from '../cancellation.ts'
import type { Exchange, OperationRun, Outcome, Parameters, Parts } from '../exchange.ts'
import type { ExtensionContext } from '../extension.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps } from '../run-stages.ts'
import { maskOutcome } from '../steps/mask.ts'
import { textOfOutcome } from '../steps/respond.ts'

/** How long a query may have been under way when others join it, in milliseconds: whoever joins one that hangs would hang with it. */
const joinableMs = 1_000

/** Queries under way that others may join, by their keys. */
export class Flights {
  private readonly byKey = new Map<string, Flight>()
  /** The headers of a request that its fetches get, in one text. */
  readonly forwardedOf: (exchange: Exchange) => string

  constructor(forwardedOf: (exchange: Exchange) => string) {
    this.forwardedOf = forwardedOf
  }

  find(key: string): Flight | undefined {
    const flight = this.byKey.get(key)
    return flight && performance.now() - flight.beganMs < joinableMs ? flight : undefined
  }

  /** Begins a query that others may join until it has landed. */
  begin(key: string, exchange: Exchange, parts: Parts): Flight {
    const flight = new Flight(exchange, () => {
      if (this.byKey.get(key) === flight) this.byKey.delete(key)
    })
    this.byKey.set(key, flight)
    void flight.run(parts)
    return flight
  }
}

/**
 * A query that runs for everybody who waits for it. It belongs to no request: each of those keeps its own deadline, and
 * it is given up when nobody waits any more.
 */
class Flight implements OperationRun {
  readonly requestId: string
  readonly traceparent: string
  readonly clientHeaders: IncomingHttpHeaders
  readonly extension: ExtensionContext | undefined
  readonly viewer: Viewer | undefined
  readonly parameters: Parameters
  readonly cancellation = new Cancellation()
  generation?: NonNullable<OperationRun['generation']>
  operation?: NonNullable<OperationRun['operation']>
  variables?: NonNullable<OperationRun['variables']>
  held?: NonNullable<OperationRun['held']>
  program?: NonNullable<OperationRun['program']>
  outcome?: Outcome
  readonly beganMs = performance.now()
  private readonly waiting = new Set<() => void>()
  private readonly forget: () => void

  constructor(first: Exchange, forget: () => void) {
    this.requestId = first.requestId
    this.traceparent = first.traceparent
    this.clientHeaders = first.clientHeaders
    this.extension = first.extension
    this.viewer = first.viewer
    this.parameters = first.parameters
    if (first.generation) this.generation = first.generation
    if (first.operation) this.operation = first.operation
    this.forget = forget
  }

  /** Never rejects: what goes wrong is the outcome. */
  async run(parts: Parts): Promise<void> {
    try {
      await runSteps(parts.steps.operation, this, parts)
    } catch (error) {
      this.outcome = { errors: errorsOf(error) }
    }
    maskOutcome(this, parts)
    this.outcome = { ...this.outcome, text: textOfOutcome(this.outcome), isMasked: true }
    this.forget()
    for (const land of this.waiting) land()
    this.waiting.clear()
  }

  /** Resolves when the exchange has the outcome; rejects when its client has gone or its time is up. */
  join(exchange: Exchange): Promise<void> {
    return new Promise((resolve, reject) => {
      const land = () => {
        exchange.cancellation.remove(leave)
        if (this.outcome) exchange.outcome = this.outcome
        if (this.operation) exchange.operation = this.operation
        if (this.generation) exchange.generation = this.generation
        if (this.variables) exchange.variables = this.variables
        if (this.program) exchange.program = this.program
        resolve()
      }
      const leave = (reason: Error) => {
        this.waiting.delete(land)
        reject(reason)
        if (this.waiting.size > 0) return
        this.forget()
        this.cancellation.cancel(reason)
      }
      this.waiting.add(land)
      exchange.cancellation.add(leave)
    })
  }
}
