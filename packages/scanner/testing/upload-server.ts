import { openScanQueue, type ScanQueue, type ScanResult } from '../src/scan-queue.ts'
import type { Upload, UploadAnswer } from '../src/upload-waiting.ts'

/** A queue in memory with attempts `scan-1` to `scan-{count}`. */
export async function queueOf(count: number): Promise<ScanQueue> {
  const records = new Map<string, Uint8Array>()
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const store = {
    get: async (name: string) => records.get(name),
    set: async (name: string, bytes: Uint8Array) => void records.set(name, bytes),
    delete: async (name: string) => void records.delete(name),
    keys: async () => [...records.keys()],
  }
  const queue = await openScanQueue(store, key, { name: crypto.randomUUID() })
  for (let n = 1; n <= count; n++) await queue.add(scan(n))
  return queue
}

function scan(n: number) {
  const rest = { code: 'x', gateId: 'gat', direction: 'ENTRY', outcome: 'ADMITTED', reason: null } as const
  return { scanId: `scan-${n}`, scannedAt: new Date(n).toISOString(), ...rest }
}

/** A server that keeps what it gets, once, and answers through `lose`. */
export function uploadServer(
  lose: (results: ScanResult[], call: number) => UploadAnswer | Error = (results) => ({ results }),
) {
  const ledger = new Map<string, number>()
  const calls: Upload[] = []
  const upload = async (batch: Upload): Promise<UploadAnswer> => {
    calls.push(batch)
    const results = batch.scans.map(({ scanId, deviceSeq }): ScanResult => {
      const status = ledger.has(scanId) ? 'REPLAYED' : 'RECORDED'
      ledger.set(scanId, deviceSeq)
      return { scanId, status }
    })
    const answer = lose(results, calls.length)
    if (answer instanceof Error) throw answer
    return answer
  }
  return { ledger, calls, upload }
}
