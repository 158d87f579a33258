import { type ScanStore, sealedStore } from '@headcount/scanner'

/** What a browser would keep, in memory. */
export function mapStore(): ScanStore & { records: Map<string, Uint8Array> } {
  const records = new Map<string, Uint8Array>()
  return {
    records,
    get: async (key) => records.get(key),
    set: async (key, bytes) => void records.set(key, bytes),
    delete: async (key) => void records.delete(key),
    keys: async () => [...records.keys()],
  }
}

/** A key as the scanner's page makes it. */
export function sealingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Sealed values in memory. */
export async function sealedMapStore() {
  return sealedStore(mapStore(), await sealingKey())
}
