import type { ScanConflict, ScanReason } from '../generated/graphql.ts'

/** A reason for people at a gate: what is wrong, in a few words, and what to do. */
export interface ReasonWords {
  title: string
  advice: string
}

const SCANNER_OUT = 'Use another scanner and tell your supervisor.'
const DESK = 'Send the guest to the ticket desk.'

/** Each reason in plain words. */
export const SCAN_REASONS: Readonly<Record<ScanReason, ReasonWords>> = {
  DEVICE_REVOKED: { title: 'This scanner was taken out of service', advice: SCANNER_OUT },
  DEVICE_NOT_ASSIGNED: {
    title: 'This scanner does not belong to this gate',
    advice: 'Choose another gate above, or tell your supervisor.',
  },
  UNKNOWN_CODE: { title: 'No such ticket', advice: `Is it the right code? Else: ${DESK.toLowerCase()}` },
  BAD_SIGNATURE: { title: 'Not a genuine ticket', advice: 'Do not let in. Call your supervisor.' },
  WRONG_EVENT: { title: 'Ticket for another event', advice: 'Ask for the ticket of this event.' },
  EVENT_NOT_OPEN: { title: 'The event is not open', advice: 'Wait until the doors open.' },
  NOT_PAID: { title: 'Not paid', advice: DESK },
  NOT_APPROVED: { title: 'Not approved yet', advice: DESK },
  BLOCKED: { title: 'Ticket is blocked', advice: DESK },
  REVOKED: { title: 'Ticket was taken back', advice: `A newer one may exist. Else: ${DESK.toLowerCase()}` },
  CANCELLED: { title: 'Ticket was cancelled', advice: DESK },
  TRANSFERRED: {
    title: 'Ticket was passed on',
    advice: 'Another person holds it now, with a code of their own.',
  },
  EXPIRED: { title: 'Ticket has run out', advice: DESK },
  TOO_EARLY: { title: 'Too early', advice: 'This ticket is not valid yet.' },
  TOO_LATE: { title: 'Too late', advice: 'This ticket is not valid any more.' },
  GATE_CLOSED: {
    title: 'This gate is closed this way',
    advice: 'Send the guest to an open gate, or ask your supervisor.',
  },
  WRONG_GATE: { title: 'Wrong gate', advice: 'This ticket enters at another gate.' },
  WRONG_ZONE: { title: 'Not for this area', advice: 'This ticket does not cover the area behind this gate.' },
  ALREADY_INSIDE: {
    title: 'Already inside',
    advice: 'This ticket has been used and has not left. Call your supervisor.',
  },
  ALREADY_USED: { title: 'Already used', advice: 'This ticket has no entry left.' },
  PASSBACK_TIMEOUT: { title: 'Used a moment ago', advice: 'Wait a little, then scan again.' },
  NOT_INSIDE: { title: 'Was not inside', advice: 'There is no entry to this exit. Is the direction right?' },
  ZONE_FULL: { title: 'The area is full', advice: 'Wait until somebody has left.' },
  DECIDED_OFFLINE: { title: 'Refused without a reason', advice: 'Scan the ticket again.' },
}

/** What an admission disagrees with, after the words “Let in, but …”. */
export const SCAN_CONFLICTS: Readonly<Record<ScanConflict, string>> = {
  DUPLICATE: 'the ticket had been let in before',
  REVOKED: 'the ticket had been taken back',
  CANCELLED: 'the ticket had been cancelled',
  TRANSFERRED: 'the ticket had been passed on',
  BLOCKED: 'the ticket was blocked',
  WRONG_GATE: 'the ticket was for another gate',
  WRONG_ZONE: 'the ticket was not for this area',
  TOO_EARLY: 'it was too early',
  TOO_LATE: 'it was too late',
  ZONE_FULL: 'the area was full',
  GATE_CLOSED: 'the gate was closed',
  EVENT_NOT_OPEN: 'the event was not open',
  DEVICE_REVOKED: 'the scanner had been taken out of service',
  ALREADY_INSIDE: 'the ticket was inside already',
  DEVICE_NOT_ASSIGNED: 'the scanner did not belong to the gate',
  UNKNOWN_CODE: 'there was no such ticket',
  BAD_SIGNATURE: 'the ticket was not genuine',
  WRONG_EVENT: 'the ticket was for another event',
  NOT_PAID: 'the ticket was not paid',
  NOT_APPROVED: 'the ticket was not approved',
  EXPIRED: 'the ticket had run out',
  ALREADY_USED: 'the ticket had no entry left',
  PASSBACK_TIMEOUT: 'it was too soon after the last scan',
  NOT_INSIDE: 'the ticket had not been inside',
}
