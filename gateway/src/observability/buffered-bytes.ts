import type { Registry } from 'prom-client'
import { publish } from './histogram.ts'

/** Bytes that live clients have not taken yet, by transport; counted when somebody reads them. */
export class BufferedBytes {
  private readonly counts = new Map<string, () => number>()

  constructor(registry: Registry) {
    publish(
      registry,
      {
        name: 'headcount_gateway_live_buffered_bytes',
        help: 'Bytes that clients of WebSockets and event streams have not taken yet.',
        type: 'gauge',
      },
      () => [...this.counts].map(([transport, count]) => ({ labels: { transport }, value: count() })),
    )
  }

  /** Counts a transport's bytes. */
  watch(transport: string, count: () => number): void {
    this.counts.set(transport, count)
  }
}
