/** Bytes of a payload: three ids of 16 bytes and the issue number of 4. */
export const PAYLOAD_BYTES = 52

const ID_BYTES = 16
const MAXIMUM_ISSUE = 0xffff_ffff
const PREFIXES = { ticketId: 'tkt_', eventId: 'evt_', organizationId: 'org_' } as const
const FIELDS = ['ticketId', 'eventId', 'organizationId'] as const

/** What a code carries. */
export type Payload = Record<(typeof FIELDS)[number], string> & {
  /** 1 for a ticket's first code, one more with each that replaces it. */
  issue: number
}

/** Packs the ids, each without its prefix as the 16 bytes of its 32 hexadecimal digits, and the issue, big-endian. */
export function packPayload(payload: Payload): Buffer {
  return Buffer.concat([...FIELDS.map((field) => packId(field, payload[field])), packIssue(payload.issue)])
}

/** What stands in a payload of exactly PAYLOAD_BYTES bytes. */
export function unpackPayload(payload: Buffer): Payload {
  const at = (index: number) => payload.toString('hex', index * ID_BYTES, (index + 1) * ID_BYTES)
  return {
    ticketId: PREFIXES.ticketId + at(0),
    eventId: PREFIXES.eventId + at(1),
    organizationId: PREFIXES.organizationId + at(2),
    issue: payload.readUInt32BE(FIELDS.length * ID_BYTES),
  }
}

function packId(field: keyof typeof PREFIXES, id: string): Buffer {
  const prefix = PREFIXES[field]
  const digits = id.slice(prefix.length)
  if (!id.startsWith(prefix) || !/^[0-9a-f]{32}$/.test(digits)) {
    throw new TypeError(`${field} is "${id}"; a ticket code takes "${prefix}" and 32 hexadecimal digits.`)
  }
  return Buffer.from(digits, 'hex')
}

function packIssue(issue: number): Buffer {
  if (!Number.isInteger(issue) || issue < 1 || issue > MAXIMUM_ISSUE) {
    throw new TypeError(`issue is ${issue}; a ticket code takes a whole number from 1 to ${MAXIMUM_ISSUE}.`)
  }
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(issue)
  return bytes
}
