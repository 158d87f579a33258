/** Who asks: what every subgraph knows of a caller. */
export interface Viewer {
  /** A person, a scanner, or a service of the platform. */
  readonly kind: 'user' | 'device' | 'service'
  /** Global id of the person or device; the name of a service. */
  readonly id: string
  /** The tenant; everything that is read or written belongs to it. */
  readonly organizationId: string
  /** What the caller may do; `x:*` covers every `x:…`, `*` everything. */
  readonly scopes: readonly string[]
  /** Policies that the token itself grants, by name; undefined = none. */
  readonly policies?: readonly string[] | undefined
  /** The only event that a device may act on. */
  readonly eventId?: string | undefined
  /** The session that `signOut` ends. */
  readonly sessionId?: string | undefined
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAtMs?: number | undefined
}

/** The viewer that a service is when it asks another one for itself, within one organization. */
export function serviceViewer(service: string, organizationId: string): Viewer {
  return { kind: 'service', id: service, organizationId, scopes: ['*'] }
}
