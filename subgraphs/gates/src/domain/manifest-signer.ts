import { sign } from 'node:crypto'
import type { Seal } from '@headcount/seal'
import { createKeyPair, type KeyPair } from '@headcount/ticket-code'
import type { ManifestKeyRow } from '../store/manifest-keys.ts'
import type { Store } from '../store/store.ts'

/** What the seal of the keys that sign manifests is for. */
export const manifestKeysPurpose = 'headcount manifest keys'

/** A key that signs. */
export interface ManifestSigner {
  /** Ed25519 SPKI, base64url. */
  readonly publicKey: string
  /** Ed25519 over the text, base64url. */
  sign(text: string): string
}

/** What finding an organization's signer needs. */
export interface ManifestSignersOptions {
  readonly store: Pick<Store, 'manifestKey' | 'addManifestKey'>
  readonly seal: Seal
  readonly now: () => Date
}

/** Answers the signer of an organization, whose key is made at the first use. */
export type ManifestSigners = (organizationId: string) => Promise<ManifestSigner>

const MOST_REMEMBERED = 1000

/** Makes the finder of signers; it remembers 1,000. */
export function createManifestSigners({ store, seal, now }: ManifestSignersOptions): ManifestSigners {
  const known = new Map<string, ManifestSigner>()
  return async (organizationId) => {
    const remembered = known.get(organizationId)
    if (remembered) return remembered
    const kept = (await store.manifestKey(organizationId)) ?? (await makeKey(organizationId))
    const signer = signerOf(kept, seal)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(organizationId, signer)
    return signer
  }

  /** Of several processes that make it at once one wins, and all use its key. */
  function makeKey(organizationId: string): Promise<ManifestKeyRow> {
    const { publicKey, privateKey } = createKeyPair()
    const sealedPrivateKey = seal.close(privateKey, placeOf({ organizationId, publicKey }))
    return store.addManifestKey({ organizationId, publicKey, sealedPrivateKey, createdAt: now() })
  }
}

function signerOf(row: ManifestKeyRow, seal: Seal): ManifestSigner {
  const key = { key: openPrivateKey(row, seal), format: 'der', type: 'pkcs8' } as const
  return {
    publicKey: spkiOf(row.publicKey),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  }
}

function openPrivateKey(row: ManifestKeyRow, seal: Seal): Buffer {
  try {
    return Buffer.from(seal.open(row.sealedPrivateKey, placeOf(row)), 'base64url')
  } catch (cause) {
    const reason = 'HEADCOUNT_MANIFEST_SECRET is not the secret that it was sealed with'
    throw new Error(`The manifest key of ${row.organizationId} cannot be opened: ${reason}.`, { cause })
  }
}

function placeOf({
  organizationId,
  publicKey,
}: Pick<ManifestKeyRow, 'organizationId' | 'publicKey'>): string {
  return `${organizationId}/${publicKey}`
}

// What stands before the 32 bytes of an Ed25519 key in SPKI: https://www.rfc-editor.org/rfc/rfc8410#section-4
const SPKI_FRAME = Buffer.from('302a300506032b6570032100', 'hex')

/** An Ed25519 key of 32 bytes (as `createKeyPair` writes it) as SPKI, which browsers read. Both base64url. */
export function spkiOf(publicKey: KeyPair['publicKey']): string {
  return Buffer.concat([SPKI_FRAME, Buffer.from(publicKey, 'base64url')]).toString('base64url')
}
