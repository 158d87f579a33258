/** What went wrong with a question over the network, as the end of a sentence about who was asked. */
export function whyFailed(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'it did not answer in time'
  // Errors of sockets have a code and often no text.
  return 'code' in error && typeof error.code === 'string' ? `it failed with ${error.code}` : error.message
}
