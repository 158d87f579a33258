import type { Topics } from '@headcount/live'
import type { Parts } from '@headcount/service'

/** A gate that has changed, with the version that it has now. */
export interface ChangedGate {
  readonly id: string
  readonly organizationId: string
  readonly version: number
}

/** Tells live listeners of gates. */
export interface GatePublisher {
  /** Says that gates, or the devices at them, have changed. Returns at once. */
  changed(gates: readonly ChangedGate[]): void
}

/** What a publisher of gates needs. */
export interface GatePublisherOptions {
  readonly topics: Pick<Topics, 'publish'>
  readonly log: Parts['log']
  readonly now: () => Date
}

function gateChannel({ organizationId, id }: ChangedGate): string {
  return `org:${encodeURIComponent(organizationId)}:gate:${encodeURIComponent(id)}:config`
}

/** Makes a publisher. Messages hold no gate: it is seldom that one changes, and each listener may ask for other fields. */
export function createGatePublisher({ topics, log, now }: GatePublisherOptions): GatePublisher {
  return {
    changed(gates) {
      for (const gate of gates) {
        const message = { seq: gate.version, asOf: now().toISOString() }
        topics.publish(gateChannel(gate), message).catch((err: unknown) => {
          log.warn({ err, gateId: gate.id }, 'a gate could not be told to its listeners')
        })
      }
    },
  }
}
