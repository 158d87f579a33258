const LONGEST_REASON = 1000

/** What went wrong, for a log line or a column. */
export function reasonOf(err: unknown): string {
  const reason = err instanceof Error ? err.message : String(err)
  // Postgres takes no NUL in a text.
  return reason.replaceAll('\0', '').slice(0, LONGEST_REASON)
}
