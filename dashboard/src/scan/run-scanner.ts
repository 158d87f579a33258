import { backOffMs, type Clock } from '@headcount/live-client'
import {
  type AskManifest,
  type RunningSync,
  runSync,
  type ScanQueue,
  type UploadReport,
} from '@headcount/scanner'
import type { Scanner } from './scanner.ts'
import type { OfflineList } from './sync/offline-list.ts'
import { repeat } from './sync/repeat.ts'
import type { SendHeartbeat } from './sync/standing.ts'
import type { UploadScans } from './sync/upload-scans.ts'

export interface RunParts {
  scanner: Scanner
  queue: ScanQueue
  list: OfflineList
  heartbeat: SendHeartbeat
  upload: UploadScans
  ask: AskManifest
  battery: () => Promise<number | undefined>
  /** Version of this program, for who looks after the scanners. */
  appVersion: string
  clock: Clock
  random: () => number
}

export interface Running {
  /** Does everything now: the network is back. */
  soon: () => void
  stop: () => void
}

const HEARTBEAT_MS = 20_000
const LOOK_MS = 1000

/** Keeps a scanner in step with the platform: signs of life, uploads, and the list of tickets. */
export function runScanner(parts: RunParts): Running {
  const { scanner, clock } = parts
  // The platform misses less after an upload: what it said of that before is no longer true.
  const sync = keepInSync(parts, () => heartbeats.soon())
  const heartbeats = repeat(clock, beatOf(parts, sync))
  const looks = repeat(clock, async () => {
    scanner.refresh()
    return LOOK_MS
  })
  scanner.onWaiting = sync.wake
  const soon = () => {
    heartbeats.soon()
    sync.wake()
  }
  heartbeats.soon()
  looks.soon()
  return {
    soon,
    stop() {
      scanner.onWaiting = () => {}
      void sync.stop()
      heartbeats.stop()
      looks.stop()
    },
  }
}

function keepInSync(parts: RunParts, onUploaded: () => void): RunningSync {
  const { scanner, queue, list, upload, ask, clock, random } = parts
  const onRound = ({ report, failure }: { report?: UploadReport; failure?: unknown }) => {
    scanner.refresh({ listProblem: failure === undefined ? undefined : messageOf(failure) })
    if (report) scanner.reach(true)
    if (report && report.settled > 0) onUploaded()
  }
  const { state, keep } = list
  return runSync({ queue, upload, ask, state, keep, onRound, random, now: () => new Date(clock.now()) })
}

function beatOf(parts: RunParts, sync: RunningSync): () => Promise<number> {
  const { scanner, heartbeat, battery, appVersion, clock, random } = parts
  let failures = 0
  return async () => {
    const batteryPercent = await battery()
    const { isReachable, waiting } = scanner.view()
    const standing = await heartbeat({
      ...{ sentAt: new Date(clock.now()).toISOString(), waiting, appVersion },
      ...(batteryPercent !== undefined && { batteryPercent }),
    })
    scanner.refresh({ batteryPercent })
    if (!standing) {
      scanner.reach(false)
      return Math.min(HEARTBEAT_MS, backOffMs(failures++, random))
    }
    failures = 0
    await scanner.stand(standing)
    if (!isReachable) sync.wake()
    return HEARTBEAT_MS
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure)
}
