import type { Registry } from 'prom-client'
import type { Trust } from '../operations/trusted/trust.ts'
import { publish } from './histogram.ts'

/** Publishes how many documents are trusted. */
export function publishTrust(registry: Registry, { mode, documents }: Trust): void {
  publish(
    registry,
    {
      name: 'headcount_gateway_trusted_documents',
      help: 'Documents that are trusted now, by what becomes of others: open, audit or locked.',
      type: 'gauge',
    },
    () => [{ labels: { mode }, value: documents.current().size }],
  )
}
