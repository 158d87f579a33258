/**
 * Puts into one line why a server could not be used: which database, where, and the reason. Keeps the code
 * of the cause (`ECONNREFUSED`, `28P01`). The password of the URL does not appear.
 */
export function explainConnection(error: unknown, url: string): Error {
  const { hostname, port, pathname, username } = new URL(url)
  const where = `the database "${decodeURIComponent(pathname.slice(1))}" at ${hostname}:${port || 5432} as "${username}"`
  const cause = firstOf(error)
  const explained = new Error(`Cannot use ${where}: ${cause.message}`, { cause: error })
  return 'code' in cause ? Object.assign(explained, { code: cause.code }) : explained
}

/** A host with several addresses fails with an AggregateError, whose own message is empty. */
function firstOf(error: unknown): Error {
  if (error instanceof AggregateError && error.errors.length > 0) return firstOf(error.errors[0])
  return error instanceof Error ? error : new Error(String(error))
}
