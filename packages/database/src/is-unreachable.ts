import { codeOf } from './transaction.ts'

// A connection that could not be made or broke, a server that ends, starts or takes no more connections; then the same as
// Prisma names it. https://www.postgresql.org/docs/18/errcodes-appendix.html
const CODES =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0[123]|53300|P1001|P1002|P1017)$/
// The driver gives these no code.
const MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/
// Prisma says these of the server in a text of its own.
const TOLD = /\bCode: `(?:08\w{3}|57P0[123]|53300)`/

/**
 * Whether an error says that the database could not be reached, or was lost while it was asked: the same may succeed when it
 * is back. What was under way may have been done.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable)
  if (!(error instanceof Error)) return false
  return CODES.test(codeOf(error)) || MESSAGES.test(error.message) || TOLD.test(error.message)
}
