/** Who asked for something under which key, and the hash of what. */
export interface Attempt {
  readonly organizationId: string
  /** Kind and id of the caller. */
  readonly principal: string
  readonly key: string
  /** SHA-256 of the operation and its input. */
  readonly bodyHash: string
}

/** Tells attempts apart: one key of one caller. */
export function idOfAttempt({ organizationId, principal, key }: Omit<Attempt, 'bodyHash'>): string {
  return JSON.stringify([organizationId, principal, key])
}
