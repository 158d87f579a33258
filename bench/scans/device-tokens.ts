import { roles } from '@headcount/access'
import { openSql } from '../../e2e/setup/ledger.ts'
import { signAccessToken } from '../../subgraphs/auth/src/domain/access-token.ts'
import { createSecrets } from '../../subgraphs/auth/src/domain/secrets.ts'
import { openSigningKeys, type SigningKeyOptions } from '../../subgraphs/auth/src/domain/signing-keys.ts'
import type { PlatformPlace } from './platform.ts'

/** Longer than any run takes; the scanners of the bench don't refresh their tokens. */
const SECONDS = 86_400

/** A device that a token is for. */
export interface TokenDevice {
  readonly id: string
  readonly organizationId: string
  readonly eventId: string
}

const KEYS = `SELECT id, public_key AS "publicKey", sealed_private_key AS "sealedPrivateKey", state,
  created_at AS "createdAt", current_since AS "currentSince", published_until AS "publishedUntil" FROM signing_keys`

/** Signs the access tokens of devices as auth does, with its key: thousands of enrolments would take minutes. */
export async function signDeviceTokens(
  place: PlatformPlace,
  devices: readonly TokenDevice[],
): Promise<readonly string[]> {
  const sql = await openSql(place.databaseUrls['auth'] ?? '')
  try {
    const rows = await sql.query<Awaited<ReturnType<SigningKeyOptions['store']['all']>>[number]>(KEYS)
    const now = new Date()
    const keys = await openSigningKeys({
      // The keys as they are: the platform that runs looks after them.
      store: { all: async () => rows, change: async () => rows },
      secrets: createSecrets(place.authSecret),
      accessTokenSeconds: SECONDS,
      days: 1,
      now: () => now,
    })
    const scopes = roles.GATE_OPERATOR
    const signed = devices.map((device) =>
      signAccessToken(
        { ...device, kind: 'device', scopes, sessionId: device.id.replace('dev_', 'ses_') },
        keys,
        { now, seconds: SECONDS },
      ),
    )
    return (await Promise.all(signed)).map(({ token }) => token)
  } finally {
    await sql.close()
  }
}
