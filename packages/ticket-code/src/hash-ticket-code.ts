import { createHash } from 'node:crypto'

/**
 * SHA-256 of a ticket code's text as base64url, 43 characters. This is what other services store and
 * compare online, so that nobody who reads their tables can print a ticket. Any text is accepted.
 */
export function hashTicketCode(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}
