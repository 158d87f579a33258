import { backOffMs, wallClock } from '@headcount/live-client'
import { openScanQueue, type SealedStore, sealedStore } from '@headcount/scanner'
import type { ReactNode } from 'react'
import { type Ask, createAsk } from '../graph/ask.ts'
import { createSend } from '../graph/send.ts'
import type { UnknownDocuments } from '../graph/unknown-documents.ts'
import { SCANNER } from '../page/apps.ts'
import { Message } from '../page/message.tsx'
import { Tones } from './answer/tones.ts'
import { createRecordAttempt } from './attempt/scan-server.ts'
import { registerScanWorker } from './register-scan-worker.ts'
import { runScanner } from './run-scanner.ts'
import { ScanPage } from './scan-page.tsx'
import { Scanner, STANDING } from './scanner.ts'
import { ScannerContext } from './scanner-context.ts'
import { type OpenedScanner, ScannerDesk } from './scanner-desk.ts'
import { DeviceSessionKeeper } from './session/device-session-keeper.ts'
import { takeOfferedToken } from './session/enrolment-token.ts'
import { type BrowserStore, openBrowserStore } from './store/browser-store.ts'
import { createAskManifest } from './sync/ask-manifest.ts'
import { batteryPercent } from './sync/battery.ts'
import { OfflineList } from './sync/offline-list.ts'
import { createHeartbeat, readStanding, type SendHeartbeat, type Standing } from './sync/standing.ts'
import { createUpload } from './sync/upload-scans.ts'
import '../style/scan.css'

/** Builds the scanner's page. */
export async function openScanner(graphPath: string, unknown: UnknownDocuments): Promise<ReactNode> {
  let offered = takeOfferedToken(window.location, window.history)
  if (!window.isSecureContext) return <NotSecure />
  const browser = await openBrowserStore().catch(() => undefined)
  if (!browser) return <NoStore />
  registerScanWorker()
  void navigator.storage?.persist?.() // what waits must not be cleared away for space
  const send = createSend({
    url: graphPath,
    fetch: (...request) => fetch(...request),
    now: wallClock.now,
    onClock: () => {},
    client: SCANNER,
    unknown,
  })
  const store = sealedStore(browser.records('page/'), browser.key)
  const oneAtATime = (task: () => Promise<void>) => navigator.locks.request('headcount.scanner', task)
  const keeper = new DeviceSessionKeeper({ send, clock: wallClock, store, oneAtATime })
  const desk = new ScannerDesk(keeper, (deviceId, signal) => {
    const ask = createAsk(send, {
      // What a device still has under way must not go out in the name of the next one.
      accessToken: async () => {
        const token = await keeper.accessToken()
        return signal.aborted ? undefined : token
      },
      refused: keeper.refused,
    })
    return openFor({ browser, ask, deviceId, signal })
  })
  await keeper.start()
  const takeOffer = () => {
    const token = offered
    offered = undefined
    return token
  }
  return (
    <ScannerContext.Provider value={{ keeper, desk, takeOffer }}>
      <ScanPage />
    </ScannerContext.Provider>
  )
}

interface DeviceParts {
  browser: BrowserStore
  ask: Ask
  deviceId: string
  signal: AbortSignal
}

/** The scanner of one device, with all that it keeps. */
async function openFor({ browser, ask, deviceId, signal }: DeviceParts): Promise<OpenedScanner> {
  const store = sealedStore(browser.records(`${deviceId}/`), browser.key)
  const heartbeat = createHeartbeat(ask, wallClock.now)
  const standing = readStanding(await store.get(STANDING)) ?? (await firstStanding(heartbeat, store, signal))
  const queue = await openScanQueue(browser.records(`${deviceId}.queue/`), browser.key, {
    name: `headcount.scan-queue.${deviceId}`,
    lastSeq: standing.lastSeq,
  })
  const list = new OfflineList(store, { eventId: standing.event?.id ?? '', deviceId })
  await list.load()
  const tones = new Tones()
  const clock = wallClock
  const scanner = new Scanner({
    ...{ queue, list, store, standing, clock },
    record: createRecordAttempt(ask),
    random: Math.random,
    isOnline: () => navigator.onLine,
    play: (face) => tones.play(face),
  })
  await scanner.start()
  const running = runScanner({
    ...{ scanner, queue, list, heartbeat, clock },
    upload: createUpload(ask),
    ask: createAskManifest(ask),
    battery: batteryPercent,
    appVersion: SCANNER.version,
    random: Math.random,
  })
  return { scanner, running }
}

/** A device that is new here may have scanned elsewhere before: its numbers go on where the platform has them. */
async function firstStanding(
  heartbeat: SendHeartbeat,
  store: SealedStore,
  signal: AbortSignal,
): Promise<Standing> {
  for (let failures = 0; ; failures++) {
    const standing = await heartbeat({ sentAt: new Date().toISOString(), waiting: 0 })
    signal.throwIfAborted()
    if (standing) {
      await store.set(STANDING, standing)
      return standing
    }
    await new Promise((resolve) => setTimeout(resolve, backOffMs(failures, Math.random)))
  }
}

function NotSecure() {
  return (
    <Message title="The scanner needs https">
      Browsers seal data and open the camera only on a secure page. Open this address with https; the platform
      speaks it when it is started with “--tls self”.
    </Message>
  )
}

function NoStore() {
  return (
    <Message title="This browser keeps no data">
      The scanner must keep its scans until they are uploaded. Leave the private window, or allow this page to
      keep data.
    </Message>
  )
}
