import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { newId } from '@headcount/ids'
import type { JSONWebKeySet } from 'jose'
import type { SigningKeyRow } from '../store/rows.ts'
import type { SigningKeyStore } from '../store/signing-keys.ts'
import { planSigningKeys } from './plan-signing-keys.ts'
import type { Secrets } from './secrets.ts'

/** The keys that sign access tokens. */
export interface SigningKeys {
  /** The one that signs now. */
  current(): { readonly id: string; readonly privateKey: KeyObject }
  /** The public keys: the current one, the next, and those whose last token is still good. */
  published(): JSONWebKeySet
  /** Reads the keys anew, drops those that are over, and lets the next one take over when its day has come. */
  keepUp(): Promise<void>
  /** Lets the next key take over now. */
  rotate(): Promise<void>
}

/** What {@link openSigningKeys} needs. */
export interface SigningKeyOptions {
  readonly store: SigningKeyStore
  readonly secrets: Secrets
  readonly accessTokenSeconds: number
  /** After how many days the next key takes over. */
  readonly days: number
  readonly now: () => Date
}

const DAY_MS = 86_400_000
// Other processes notice a rotation within this time, and sign with the old key until then. See keep-house.ts.
const NOTICE_MS = 60_000

function makeKey(secrets: Secrets, now: Date): SigningKeyRow {
  const id = newId('key', now.getTime())
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' })
  const sealedPrivateKey = secrets.seal('signing keys', id, plain)
  const times = { createdAt: now, currentSince: null, publishedUntil: null }
  return { id, publicKey: x ?? '', sealedPrivateKey, state: 'NEXT', ...times }
}

function openKey(key: SigningKeyRow, secrets: Secrets): KeyObject {
  let plain: Buffer
  try {
    plain = secrets.open('signing keys', key.id, key.sealedPrivateKey)
  } catch (cause) {
    const message = `HEADCOUNT_AUTH_SECRET is not the one that sealed the signing key ${key.id} of this database: start with that one.`
    throw new Error(message, { cause })
  }
  return createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' })
}

function currentOf(keys: readonly SigningKeyRow[]): SigningKeyRow {
  const current = keys.find(({ state }) => state === 'CURRENT')
  if (!current) throw new Error('There is no current signing key.')
  return current
}

const order: readonly SigningKeyRow['state'][] = ['CURRENT', 'NEXT', 'PREVIOUS']

/** Opens the keys of the database; makes them where there are none. Throws where the secret does not open them. */
export async function openSigningKeys(options: SigningKeyOptions): Promise<SigningKeys> {
  const { store, secrets, accessTokenSeconds, days, now } = options
  const lastTokenMs = accessTokenSeconds * 1000 + NOTICE_MS
  const change = (isDue: (current: SigningKeyRow, at: Date) => boolean) =>
    store.change((rows) => {
      const at = now()
      const make = () => makeKey(secrets, at)
      return planSigningKeys(rows, { now: at, make, lastTokenMs, isDue: (current) => isDue(current, at) })
    })
  const byAge = ({ currentSince }: SigningKeyRow, at: Date) =>
    at.getTime() - (currentSince ?? at).getTime() >= days * DAY_MS

  let keys = await change(byAge)
  let signer = { id: currentOf(keys).id, privateKey: openKey(currentOf(keys), secrets) }
  const use = (rows: readonly SigningKeyRow[]) => {
    const current = currentOf(rows)
    if (current.id !== signer.id) signer = { id: current.id, privateKey: openKey(current, secrets) }
    keys = rows
  }
  return {
    current: () => signer,
    published() {
      const sorted = [...keys].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
      const good = sorted.filter(({ publishedUntil }) => publishedUntil === null || publishedUntil > now())
      return {
        keys: good.map(({ id, publicKey }) => ({
          kty: 'OKP',
          crv: 'Ed25519',
          x: publicKey,
          kid: id,
          use: 'sig',
          alg: 'EdDSA',
        })),
      }
    },
    keepUp: async () => use(await change(byAge)),
    rotate: async () => use(await change(() => true)),
  }
}
