const LONGEST = 254

/**
 * An e-mail address as it is kept: without blanks around it, in lower case. Undefined for what cannot be one. Looser
 * than RFC 5321: whether mail arrives is not for us to say.
 */
export function normalizeEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase()
  return email.length <= LONGEST && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email) ? email : undefined
}
