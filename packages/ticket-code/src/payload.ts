/** Bytes of a payload: three ids of 16 bytes. */
export const PAYLOAD_BYTES = 48

const ID_BYTES = 16
const PREFIXES = { ticketId: 'tkt_', eventId: 'evt_', organizationId: 'org_' } as const
const FIELDS = ['ticketId', 'eventId', 'organizationId'] as const

/** The ids that a code carries. */
export type PayloadIds = Record<(typeof FIELDS)[number], string>

/** Packs the ids: each without its prefix, as the 16 bytes of its 32 hexadecimal digits. */
export function packIds(ids: PayloadIds): Buffer {
  return Buffer.concat(FIELDS.map((field) => packId(field, ids[field])))
}

/** The ids in a payload of exactly PAYLOAD_BYTES bytes. */
export function unpackIds(payload: Buffer): PayloadIds {
  const at = (index: number) => payload.toString('hex', index * ID_BYTES, (index + 1) * ID_BYTES)
  return {
    ticketId: PREFIXES.ticketId + at(0),
    eventId: PREFIXES.eventId + at(1),
    organizationId: PREFIXES.organizationId + at(2),
  }
}

function packId(field: keyof PayloadIds, id: string): Buffer {
  const prefix = PREFIXES[field]
  const digits = id.slice(prefix.length)
  if (!id.startsWith(prefix) || !/^[0-9a-f]{32}$/.test(digits)) {
    throw new TypeError(`${field} is "${id}"; a ticket code takes "${prefix}" and 32 hexadecimal digits.`)
  }
  return Buffer.from(digits, 'hex')
}
