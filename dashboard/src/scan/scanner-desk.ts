import type { Running } from './run-scanner.ts'
import type { Scanner } from './scanner.ts'
import type { DeviceSessionKeeper } from './session/device-session-keeper.ts'

/** A scanner that is at work. */
export interface OpenedScanner {
  scanner: Scanner
  running: Running
}

/** Has the scanner of the device that is enrolled open: another one after another enrolment, none without. */
export class ScannerDesk {
  readonly #open: (deviceId: string) => Promise<OpenedScanner>
  readonly #keeper: DeviceSessionKeeper
  readonly #listeners = new Set<() => void>()
  #deviceId: string | undefined
  #opened: OpenedScanner | undefined

  constructor(keeper: DeviceSessionKeeper, open: (deviceId: string) => Promise<OpenedScanner>) {
    this.#keeper = keeper
    this.#open = open
    keeper.subscribe(() => void this.#follow())
    window.addEventListener('online', () => this.#opened?.running.soon())
    window.addEventListener('offline', () => this.#opened?.scanner.reach(false))
  }

  /** Undefined until it is open. */
  readonly scanner = (): Scanner | undefined => this.#opened?.scanner

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #follow(): Promise<void> {
    const state = this.#keeper.state()
    const deviceId = state.phase === 'enrolled' ? state.session.deviceId : undefined
    if (deviceId === this.#deviceId) return
    this.#deviceId = deviceId
    this.#take(undefined)
    if (deviceId === undefined) return
    const opened = await this.#open(deviceId)
    if (this.#deviceId === deviceId) this.#take(opened)
    else opened.running.stop()
  }

  #take(opened: OpenedScanner | undefined): void {
    this.#opened?.running.stop()
    this.#opened = opened
    for (const listener of this.#listeners) listener()
  }
}
