import type { OfflineState } from './offline-state.ts'
import type { ScanQueue } from './scan-queue.ts'
import { type AskManifest, adoptManifest, syncManifest } from './sync-manifest.ts'
import { type Upload, type UploadAnswer, type UploadReport, uploadWaiting } from './upload-waiting.ts'

/** What a sync needs. */
export interface RunSyncOptions {
  readonly queue: ScanQueue
  readonly upload: (batch: Upload) => Promise<UploadAnswer>
  readonly ask: AskManifest
  /** The state that scans are decided by at the moment. */
  readonly state: () => OfflineState
  /** Takes the state that scans are decided by from now on. */
  readonly keep: (state: OfflineState) => void | Promise<void>
  /** Hears how a round ended; `failure` is what `upload`, `ask` or `keep` failed with. */
  readonly onRound?: (round: { readonly report?: UploadReport; readonly failure?: unknown }) => void
  /** Pause after a round that went well, in milliseconds. Default 20,000. */
  readonly everyMs?: number
  /** Longest pause after rounds that failed, in milliseconds. Default 60,000. */
  readonly longestPauseMs?: number
  /** Calls `end` after so many milliseconds; answers what calls that off. Default `setTimeout`. */
  readonly timer?: (end: () => void, ms: number) => () => void
  /** Default `Math.random`. */
  readonly random?: () => number
  readonly now?: () => Date
}

/** A sync that runs. */
export interface RunningSync {
  /** Ends the pause, or leaves out the next one: when the network is back or a scan was added, say. */
  wake(): void
  /** Resolves when the round under way has ended; no other begins. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 1_000

/**
 * Uploads, then asks for the manifest (whose counts then have what was uploaded), over and over. After a failure the
 * pauses double; all are spread by up to a half, so that many devices that lost the server together do not come back
 * together.
 */
export function runSync(options: RunSyncOptions): RunningSync {
  const { everyMs = 20_000, longestPauseMs = 60_000, random = Math.random, timer = setTimer } = options
  let isStopped = false
  let isWoken = false
  let endPause = () => {}
  let failures = 0
  const wake = () => {
    isWoken = true
    endPause()
  }
  async function run(): Promise<void> {
    while (!isStopped) {
      isWoken = false
      const retryMs = await round(options)
      failures = retryMs === null ? 0 : failures + 1
      const backOffMs = Math.min(longestPauseMs, FIRST_PAUSE_MS * 2 ** (failures - 1))
      const pauseMs = retryMs === null ? everyMs : Math.max(retryMs, backOffMs)
      if (!isWoken)
        await new Promise<void>((resolve) => {
          const callOff = timer(resolve, pauseMs * (1 + random() / 2))
          endPause = () => {
            callOff()
            resolve()
          }
        })
    }
  }
  const ended = run()
  return {
    wake,
    stop() {
      isStopped = true
      wake()
      return ended
    },
  }
}

/** One round; null where nothing is left to do, else when the server wants it again at the earliest. */
async function round(options: RunSyncOptions): Promise<number | null> {
  const { queue, upload, ask, state, keep, onRound = () => {}, now } = options
  try {
    const report = await uploadWaiting(queue, upload, now)
    const synced = await syncManifest(state(), ask)
    await keep(adoptManifest(state(), synced))
    onRound({ report })
    return report.waiting > 0 ? (report.retryAfterMs ?? 0) : null
  } catch (failure) {
    onRound({ failure })
    return 0
  }
}

function setTimer(end: () => void, ms: number): () => void {
  const timer = setTimeout(end, ms)
  return () => clearTimeout(timer)
}
