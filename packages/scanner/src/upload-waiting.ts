import { newScanId } from './scan-id.ts'
import type { ScanQueue, ScanResult } from './scan-queue.ts'
import type { WaitingScan } from './waiting-scan.ts'

/** The most attempts of one upload. */
export const MAXIMUM_UPLOAD = 500

/** The input of the graph's `uploadScanBatch`. */
export interface Upload {
  readonly batchId: string
  /** RFC 3339, by the device's clock: tells the server how wrong that is. */
  readonly sentAt: string
  readonly scans: readonly WaitingScan[]
}

/** The part of its answer that is used. */
export interface UploadAnswer {
  readonly results: readonly ScanResult[]
  readonly retryAfterMs?: number | null
}

/** How far an upload got. */
export interface UploadReport {
  /** How many attempts got a final answer. */
  readonly settled: number
  /** How many could be uploaded and got no final answer; more than 0 = try again later. */
  readonly waiting: number
  /** When the server asks for them again, in milliseconds; null = it does not say. */
  readonly retryAfterMs: number | null
}

/**
 * Uploads what waits, the oldest first, 500 at most at once, until nothing does or the server has not taken something.
 * Rejects as `upload` does; whatever was answered before is settled.
 */
export async function uploadWaiting(
  queue: ScanQueue,
  upload: (batch: Upload) => Promise<UploadAnswer>,
  now: () => Date = () => new Date(),
): Promise<UploadReport> {
  let settled = 0
  let retryAfterMs: number | null = null
  let hasMore = true
  while (hasMore) {
    const scans = await queue.peek(MAXIMUM_UPLOAD)
    if (scans.length === 0) break
    const answer = await upload({ batchId: newScanId(), sentAt: now().toISOString(), scans })
    const gone = await queue.settle(answer.results)
    settled += gone
    retryAfterMs = answer.retryAfterMs ?? null
    hasMore = gone === scans.length
  }
  return { settled, waiting: (await queue.peek(Number.POSITIVE_INFINITY)).length, retryAfterMs }
}
