import type { EventStatus, Gate, TicketType, Zone } from '@headcount/scan-rules'
import { ManifestError } from './manifest-error.ts'

/** A zone, as far as scans need it. */
export interface GroundZone extends Zone {
  readonly name: string
}

/** A gate of the event, as far as scans need it. */
export interface GroundGate extends Omit<Gate, 'eventId'> {
  readonly id: string
  readonly name: string
}

/** A ticket type, as far as scans need it. */
export interface GroundTicketType extends Omit<TicketType, 'validFrom' | 'validUntil'> {
  readonly name: string
  /** RFC 3339. */
  readonly validFrom: string | null
  readonly validUntil: string | null
}

/** All that a device must know beside tickets and keys: the JSON text `ManifestPage.ground`. */
export interface Ground {
  readonly event: {
    readonly id: string
    readonly organizationId: string
    readonly name: string
    readonly status: EventStatus
    /** IANA name. */
    readonly timeZone: string
  }
  readonly zones: readonly GroundZone[]
  readonly gates: readonly GroundGate[]
  readonly ticketTypes: readonly GroundTicketType[]
  /** The device that asked. */
  readonly device: {
    readonly id: string
    readonly name: string
    readonly status: 'ACTIVE' | 'REVOKED'
    readonly gateIds: readonly string[]
  }
  /** Bodies directly in each place, when the page was made; what other devices change later is not known. */
  readonly inside: Readonly<Record<string, number>>
}

/** Reads the ground of a page. Throws a ManifestError where it is not that of the event. */
export function readGround(text: string, eventId: string): Ground {
  const ground = parse(text)
  if (ground.event?.id !== eventId)
    throw new ManifestError(`The manifest's ground is not that of ${eventId}.`)
  return ground
}

// Its form is the server's, whose signature has been checked: only what is no such text at all is told apart.
function parse(text: string): Ground {
  try {
    return (JSON.parse(text) ?? {}) as Ground
  } catch (cause) {
    throw new ManifestError('The manifest has a ground that is not JSON.', { cause })
  }
}
