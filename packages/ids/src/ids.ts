import { randomBytes } from 'node:crypto'

const prefixes = {
  organization: 'org',
  user: 'usr',
  device: 'dev',
  session: 'ses',
  enrolment: 'enr',
  event: 'evt',
  zone: 'zon',
  ticketType: 'typ',
  registration: 'reg',
  ticket: 'tkt',
  gate: 'gat',
  scan: 'scn',
  message: 'msg',
  key: 'key',
} as const

/** What an id names; each kind has a prefix of three letters. */
export type IdKind = keyof typeof prefixes

const shape = /^[a-z]{3}_[0-9a-f]{32}$/

/**
 * A new global id: the kind's prefix and a UUID of version 7 without hyphens (RFC 9562), so that ids made later
 * sort later and rows made together lie together in an index.
 */
export function newId(kind: IdKind, nowMs = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return `${prefixes[kind]}_${bytes.toString('hex')}`
}

/** The id of `kind` whose random part is the given 16 bytes: for ids that must come out the same on each try. */
export function idOf(kind: IdKind, bytes: Uint8Array): string {
  return `${prefixes[kind]}_${Buffer.from(bytes.subarray(0, 16)).toString('hex')}`
}

/** Whether `text` has the shape of an id of `kind`. Says nothing of whether the thing exists. */
export function isId(kind: IdKind, text: string): boolean {
  return shape.test(text) && text.startsWith(`${prefixes[kind]}_`)
}
