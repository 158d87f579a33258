import type { Role } from '@headcount/access'

/** A tenant. */
export interface OrganizationRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly version: number
}

/** A person's account, without what proves who it is. */
export interface UserRow {
  readonly id: string
  readonly organizationId: string
  readonly email: string
  readonly roles: Role[]
}

/** A family of refresh tokens: of a person or of a device. */
export interface SessionRow {
  readonly id: string
  readonly organizationId: string
  readonly userId: string | null
  readonly deviceId: string | null
  /** Number of the refresh token that is good now, from 1. */
  readonly generation: number
  /** When the tokens before it were exchanged, the latest last. */
  readonly recentRotations: Date[]
  readonly expiresAt: Date
  readonly endedAt: Date | null
}

/** A scanner. */
export interface DeviceRow {
  readonly id: string
  readonly organizationId: string
  readonly eventId: string
  readonly name: string
  readonly gateIds: string[]
  readonly status: 'ACTIVE' | 'REVOKED'
  readonly version: number
  readonly enrolledAt: Date
}

/** An invitation for one device. */
export interface EnrolmentRow {
  readonly id: string
  readonly organizationId: string
  /** The device that gets a new key by it; null = it makes a device. */
  readonly deviceId: string | null
  readonly eventId: string
  readonly gateIds: string[]
  readonly name: string
  readonly tokenHash: string
  readonly createdBy: string
  readonly expiresAt: Date
}

/** A key pair that signs access tokens. */
export interface SigningKeyRow {
  readonly id: string
  /** The public key's `x` of RFC 8037, base64url. */
  readonly publicKey: string
  readonly sealedPrivateKey: string
  readonly state: 'NEXT' | 'CURRENT' | 'PREVIOUS'
  readonly createdAt: Date
  readonly currentSince: Date | null
  /** Of a previous key: when the last token that it signed has ended. */
  readonly publishedUntil: Date | null
}
