import { percentile } from './percentile.ts'

/** What one run of load gave. */
export interface Load {
  /** Requests that were answered; one that fails ends the run with its error. */
  readonly answered: number
  /** From the first request to the last answer. */
  readonly seconds: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

/** How much load. */
export interface LoadOptions {
  /** Requests under way at any time: each worker sends its next one when the last is answered. */
  readonly inFlight: number
  /** After this time no new request is sent; those under way are waited for. */
  readonly seconds: number
  /** One request of the worker of this number. */
  readonly send: (worker: number) => Promise<void>
}

/** Keeps so many requests under way for so long. */
export async function closedLoop({ inFlight, seconds, send }: LoadOptions): Promise<Load> {
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  const work = async (worker: number) => {
    for (let sentAt = performance.now(); sentAt < endsAt; sentAt = performance.now()) {
      await send(worker)
      latenciesMs.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, worker) => work(worker)))
  const tookSeconds = (performance.now() - startedAt) / 1000
  const sorted = Float64Array.from(latenciesMs).sort()
  return {
    answered: sorted.length,
    seconds: tookSeconds,
    p50Ms: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    p99Ms: percentile(sorted, 99),
  }
}
