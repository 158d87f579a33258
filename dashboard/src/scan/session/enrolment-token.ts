const TOKEN = /^[A-Za-z0-9_-]{16,200}$/

/** The one-time token in a text: alone, or in an address that ends in `#enrol=TOKEN`. Undefined where there is none. */
export function enrolmentTokenIn(text: string): string | undefined {
  const trimmed = text.trim()
  const token = /#enrol=([^&]*)/.exec(trimmed)?.[1] ?? trimmed
  return TOKEN.test(token) ? token : undefined
}

/** The address that enrols whoever opens it. */
export function enrolmentAddress(origin: string, token: string): string {
  return `${origin}/scan#enrol=${token}`
}

/**
 * Takes the token out of the page's address and removes it there at once: it is good once, and a history or a
 * screenshot must not keep it.
 */
export function takeOfferedToken(
  { hash, pathname }: Pick<Location, 'hash' | 'pathname'>,
  history: Pick<History, 'replaceState'>,
): string | undefined {
  if (!hash.includes('enrol=')) return undefined
  history.replaceState(null, '', pathname)
  return enrolmentTokenIn(hash)
}
