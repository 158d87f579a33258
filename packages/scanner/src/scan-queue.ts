import { type QueueRecords, queueRecords } from './queue-records.ts'
import { type ScanStore, sealedStore } from './sealed-store.ts'
import { type Locks, type Turns, takeTurns } from './take-turns.ts'
import type { NewScan, WaitingScan } from './waiting-scan.ts'

/** What became of an uploaded attempt. All but RETRY are final. */
export interface ScanResult {
  readonly scanId: string
  readonly status: 'RECORDED' | 'REPLAYED' | 'QUARANTINED' | 'INVALID' | 'RETRY'
}

/** How a queue is opened. */
export interface ScanQueueOptions {
  /** What the windows of a browser know the queue by; one device, one name. Default `headcount.scan-queue`. */
  readonly name?: string
  /** The last number that the server has of this device: none up to it is given again, should the store be lost. */
  readonly lastSeq?: number
  /** Default the browser's. */
  readonly locks?: Locks
  /** Default the clock, in milliseconds since 1970. */
  readonly now?: () => number
}

/** The attempts of one device that wait for a final answer. Windows of one browser share them. */
export interface ScanQueue {
  /** The number that the next `add` gives. It is not held: an attempt and its number are written together. */
  nextSeq(): Promise<number>
  /** Keeps an attempt under the next number, in one write. One whose scanId waits already is answered as it waits. */
  add(scan: NewScan): Promise<WaitingScan>
  /** Says what became of an attempt that was added undecided; false where it waits no longer. */
  decide(scanId: string, decision: Pick<NewScan, 'outcome' | 'reason'>): Promise<boolean>
  /** The oldest ones that can be uploaded. One that stayed undecided for a minute let nobody in: it is REJECTED. */
  peek(limit: number): Promise<WaitingScan[]>
  /** Forgets those with a final status; how many. */
  settle(results: readonly ScanResult[]): Promise<number>
  /** How many wait, as of the last call. */
  readonly size: number
  /** `scannedAt` of the oldest one; null = none waits. */
  readonly oldestAt: string | null
  /** How many records do not open; they are kept. */
  readonly damaged: number
}

const UNDECIDED_MS = 60_000

/** Opens the queue in a store, with an AES-GCM-256 key. Rejects where it was sealed with another key. */
export async function openScanQueue(
  store: ScanStore,
  key: CryptoKey,
  { name = 'headcount.scan-queue', lastSeq = 0, locks, now = Date.now }: ScanQueueOptions = {},
): Promise<ScanQueue> {
  const records = queueRecords(sealedStore(store, key))
  const turns = takeTurns(name, locks)
  // Every step sees what other windows did before it.
  const inTurn: Turns = (work) =>
    turns(async () => {
      await records.refresh()
      return work()
    })
  await inTurn(async () => undefined)
  const next = () => Math.max(records.lastSeq, lastSeq) + 1
  return {
    nextSeq: () => inTurn(async () => next()),
    add: (scan) => inTurn(() => add(records, scan, next())),
    decide: (scanId, decision) => inTurn(() => decide(records, scanId, decision)),
    peek: (limit) => inTurn(async () => uploadable(records, now()).slice(0, limit)),
    settle: (results) => inTurn(() => settle(records, results)),
    get size() {
      return records.scans.size
    },
    get oldestAt() {
      return records.scans.values().next().value?.scannedAt ?? null
    },
    get damaged() {
      return records.damaged
    },
  }
}

async function add(records: QueueRecords, scan: NewScan, deviceSeq: number): Promise<WaitingScan> {
  const known = find(records, scan.scanId)
  if (known) return known
  const waiting = { ...scan, deviceSeq }
  await records.put(waiting)
  return waiting
}

async function decide(
  records: QueueRecords,
  scanId: string,
  { outcome, reason }: Pick<NewScan, 'outcome' | 'reason'>,
): Promise<boolean> {
  const known = find(records, scanId)
  if (!known) return false
  await records.put({ ...known, outcome, reason })
  return true
}

function find({ scans }: QueueRecords, scanId: string): WaitingScan | undefined {
  return [...scans.values()].find((scan) => scan.scanId === scanId)
}

function uploadable({ scans }: QueueRecords, now: number): WaitingScan[] {
  return [...scans.values()].flatMap((scan) => {
    if (scan.outcome !== null) return [scan]
    const isGivenUp = now - Date.parse(scan.scannedAt) >= UNDECIDED_MS
    return isGivenUp ? [{ ...scan, outcome: 'REJECTED' as const }] : []
  })
}

async function settle(records: QueueRecords, results: readonly ScanResult[]): Promise<number> {
  const final = new Set(results.filter(({ status }) => status !== 'RETRY').map(({ scanId }) => scanId))
  const seqs = [...records.scans.values()].filter(({ scanId }) => final.has(scanId))
  await records.remove(seqs.map(({ deviceSeq }) => deviceSeq))
  return seqs.length
}
