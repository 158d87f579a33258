import { base64urlOf } from '../src/base64url.ts'
import type { Ground } from '../src/ground.ts'
import {
  type ManifestPage,
  type ManifestTicket,
  manifestText,
  type UnsignedPage,
} from '../src/manifest-page.ts'

export const eventId = 'evt_0192f0e1d2c37b4a8596a7b8c9d0e1f3'

/** A ticket whose code has this hash. */
export function ticketOf(credentialId: string, codeHash: string): ManifestTicket {
  const rest = { ticketTypeId: 'typ_day', status: 'VALID', pendingReason: null, validUntil: null } as const
  return { codeHash, credentialId, ...rest }
}

/** A ground with one gate and nothing else. */
export const plainGround: Ground = {
  event: { id: eventId, organizationId: 'org_a', name: 'Night', status: 'LIVE', timeZone: 'UTC' },
  ...{ zones: [], ticketTypes: [], inside: {} },
  gates: [
    { id: 'gat', name: 'Gate', zoneFromId: null, zoneToId: null, status: 'OPEN_BOTH', ticketTypeIds: [] },
  ],
  device: { id: 'dev', name: 'Scanner', status: 'ACTIVE', gateIds: ['gat'] },
}

/** A server's signature over pages. */
export async function pageSigner() {
  const { subtle } = globalThis.crypto
  const { privateKey, publicKey } = (await subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const signedBy = base64urlOf(new Uint8Array(await subtle.exportKey('spki', publicKey)))
  return async (since: string | null, more: Partial<UnsignedPage>): Promise<ManifestPage> => {
    const page: UnsignedPage = {
      ...{ eventId, tickets: [], cursor: 'c1', hasNextPage: false, ground: JSON.stringify(plainGround) },
      ...{ completeness: { tickets: 0, sum: 0 }, keys: [], asOf: '2026-06-01T12:00:00.000Z', signedBy },
      ...more,
    }
    const text = new TextEncoder().encode(manifestText(since, page))
    return { ...page, signature: base64urlOf(new Uint8Array(await subtle.sign('Ed25519', privateKey, text))) }
  }
}
