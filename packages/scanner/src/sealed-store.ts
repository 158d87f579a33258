/** Where a device keeps bytes by name: IndexedDB in a browser, a Map in tests. Each call is all or nothing. */
export interface ScanStore {
  get(key: string): Promise<Uint8Array | undefined>
  set(key: string, bytes: Uint8Array): Promise<void>
  delete(key: string): Promise<void>
  keys(): Promise<string[]>
}

/** JSON values in a store, readable with the key alone. */
export interface SealedStore {
  /** Undefined where there is none; null where it does not open: another key's, of another name, or changed. */
  get(name: string): Promise<unknown>
  set(name: string, value: object): Promise<void>
  delete(name: string): Promise<void>
  names(): Promise<string[]>
}

// What AES-GCM asks for: https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf, 5.2.1.1
const NONCE_BYTES = 12

/** Seals values by AES-GCM-256. A value's name is sealed with it: it opens under no other one. */
export function sealedStore(store: ScanStore, key: CryptoKey): SealedStore {
  const { subtle } = globalThis.crypto
  const algorithm = (name: string, iv: Uint8Array<ArrayBuffer>) => {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }
  }
  return {
    async get(name) {
      const sealed = await store.get(name)
      if (!sealed) return undefined
      const bytes = new Uint8Array(sealed)
      const iv = bytes.slice(0, NONCE_BYTES)
      try {
        const opened = await subtle.decrypt(algorithm(name, iv), key, bytes.slice(NONCE_BYTES))
        return JSON.parse(new TextDecoder().decode(opened))
      } catch {
        return null // The reason is always the same one: these are not the bytes that this key sealed here.
      }
    },
    async set(name, value) {
      const iv = globalThis.crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const text = new TextEncoder().encode(JSON.stringify(value))
      const body = new Uint8Array(await subtle.encrypt(algorithm(name, iv), key, text))
      const sealed = new Uint8Array(NONCE_BYTES + body.length)
      sealed.set(iv)
      sealed.set(body, NONCE_BYTES)
      await store.set(name, sealed)
    },
    delete: (name) => store.delete(name),
    names: () => store.keys(),
  }
}
