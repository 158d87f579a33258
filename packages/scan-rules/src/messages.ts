import type { Reason } from './reasons.ts'

/** What is said to people, by reason. Who knows more of an attempt may say more. */
export const messages: Readonly<Record<Reason | 'ADMITTED', string>> = {
  ADMITTED: 'Admitted.',
  DEVICE_REVOKED: 'This device may no longer scan.',
  DEVICE_NOT_ASSIGNED: 'This device is not assigned to this gate.',
  UNKNOWN_CODE: 'There is no such ticket here.',
  BAD_SIGNATURE: 'This code is not genuine.',
  WRONG_EVENT: 'This ticket is for another event.',
  EVENT_NOT_OPEN: 'The event is not open.',
  NOT_PAID: 'This ticket is not paid.',
  NOT_APPROVED: 'This registration is not approved yet.',
  BLOCKED: 'This ticket is blocked.',
  REVOKED: 'This ticket was revoked.',
  CANCELLED: 'This ticket was cancelled.',
  TRANSFERRED: 'This ticket was given to another holder; this code is dead.',
  EXPIRED: 'This ticket has expired.',
  TOO_EARLY: 'This ticket is not valid yet.',
  TOO_LATE: 'This ticket is no longer valid.',
  GATE_CLOSED: 'This gate is closed in this direction.',
  WRONG_GATE: 'This ticket is not valid at this gate.',
  WRONG_ZONE: 'This ticket is not valid for this zone.',
  ALREADY_INSIDE: 'This ticket is inside already.',
  ALREADY_USED: 'This ticket has used up its entries.',
  PASSBACK_TIMEOUT: 'This ticket was used a moment ago.',
  NOT_INSIDE: 'This ticket is not inside.',
  ZONE_FULL: 'This zone is full.',
}
