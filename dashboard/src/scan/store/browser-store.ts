import type { ScanStore } from '@headcount/scanner'

/** What this browser keeps for the scanner. */
export interface BrowserStore {
  /** The key that seals everything else. Made once; no script can read it, not even this one. */
  key: CryptoKey
  /** Records whose names begin with `prefix`; the prefix is left out. */
  records: (prefix: string) => ScanStore
}

const DATABASE = 'headcount.scanner'
const RECORDS = 'records'
const KEYS = 'keys'
const SEALING_KEY = 'sealing'

/** Opens the browser's database. Rejects where the browser keeps none, as in some private windows. */
export async function openBrowserStore(): Promise<BrowserStore> {
  const database = await openDatabase()
  return { key: await sealingKey(database), records: (prefix) => recordsOf(database, prefix) }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(RECORDS)
    request.result.createObjectStore(KEYS)
  }
  return answerTo(request)
}

/** Of two windows that both make a key, the first one's stays. */
async function sealingKey(database: IDBDatabase): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const keys = database.transaction(KEYS, 'readwrite', { durability: 'strict' }).objectStore(KEYS)
  const kept: unknown = await answerTo(keys.get(SEALING_KEY))
  if (kept instanceof CryptoKey) return kept
  keys.put(made, SEALING_KEY)
  await completionOf(keys.transaction) // before anything is sealed with it
  return made
}

function recordsOf(database: IDBDatabase, prefix: string): ScanStore {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  const read = () => database.transaction(RECORDS).objectStore(RECORDS)
  // A scan that was answered for must be there after the battery died.
  const write = async (change: (records: IDBObjectStore) => void) => {
    const transaction = database.transaction(RECORDS, 'readwrite', { durability: 'strict' })
    change(transaction.objectStore(RECORDS))
    await completionOf(transaction)
  }
  return {
    get: async (key) => (await answerTo<Uint8Array | undefined>(read().get(prefix + key))) ?? undefined,
    set: (key, bytes) => write((records) => void records.put(bytes, prefix + key)),
    delete: (key) => write((records) => void records.delete(prefix + key)),
    keys: async () =>
      (await answerTo(read().getAllKeys(range))).map((key) => String(key).slice(prefix.length)),
  }
}

function answerTo<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The browser keeps no data for this page.'))
  })
}

function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser did not keep a record.'))
  })
}
