/** Who is signed in, and with what. */
export interface Session {
  accessToken: string
  refreshToken: string
  /** As it was typed at sign-in; shown to its owner only. */
  email: string
  roles: readonly string[]
  /** The same for every tab that shares one sign-in. */
  family: string
  /** Rises with every refresh: of two sessions of a family the higher one is good. */
  generation: number
  /** When to ask for the next token; local clock, milliseconds since 1970. */
  refreshAt: number
  /** When the access token ends; local clock, milliseconds since 1970. */
  endsAt: number
}

/** Whether the pages about the graph are offered; the registry itself decides what is shown. */
export function mayReadRegistry({ roles }: Pick<Session, 'roles'>): boolean {
  return roles.includes('OPERATOR')
}

/** Where this tab is with its session. `starting` lasts until the other tabs had time to answer. */
export type SessionState =
  | { phase: 'starting' }
  | { phase: 'signedOut'; because?: 'ended' | 'left' }
  | { phase: 'signedIn'; session: Session }

/** Whether `candidate` replaces what this tab has. */
export function supersedes(candidate: Session, held: Session | undefined): boolean {
  if (!held) return true
  return candidate.family === held.family && candidate.generation > held.generation
}

/** Reads what `storeSession` wrote; undefined for anything else. */
export function readSession(text: string | null): Session | undefined {
  if (!text) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isSession(value) ? value : undefined
  } catch {
    return undefined // not ours, or from another version of the page: as good as signed out
  }
}

export function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Record<string, unknown>
  const texts = ['accessToken', 'refreshToken', 'email', 'family']
  const numbers = ['generation', 'refreshAt', 'endsAt']
  return (
    texts.every((name) => typeof fields[name] === 'string') &&
    numbers.every((name) => Number.isFinite(fields[name])) &&
    Array.isArray(fields['roles'])
  )
}
