import type { Running } from './run-scanner.ts'
import type { Scanner } from './scanner.ts'
import type { DeviceSessionKeeper } from './session/device-session-keeper.ts'

/** A scanner that is at work. */
export interface OpenedScanner {
  scanner: Scanner
  running: Running
}

/** Opens the scanner of a device; the signal says that it is not wanted any more. */
type OpenScanner = (deviceId: string, signal: AbortSignal) => Promise<OpenedScanner>

/** Has the scanner of the device that is enrolled open: another one after another enrolment, none without. */
export class ScannerDesk {
  readonly #open: OpenScanner
  readonly #keeper: DeviceSessionKeeper
  readonly #listeners = new Set<() => void>()
  #deviceId: string | undefined
  #ending = new AbortController()
  #opened: OpenedScanner | undefined
  #problem: string | undefined

  constructor(keeper: DeviceSessionKeeper, open: OpenScanner) {
    this.#keeper = keeper
    this.#open = open
    keeper.subscribe(() => void this.#follow())
    window.addEventListener('online', () => this.#opened?.running.soon())
    window.addEventListener('offline', () => this.#opened?.scanner.reach(false))
  }

  /** Undefined until it is open. */
  readonly scanner = (): Scanner | undefined => this.#opened?.scanner

  /** Why it does not open. */
  readonly problem = (): string | undefined => this.#problem

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #follow(): Promise<void> {
    const state = this.#keeper.state()
    const deviceId = state.phase === 'enrolled' ? state.session.deviceId : undefined
    if (deviceId === this.#deviceId) return
    this.#deviceId = deviceId
    this.#ending.abort()
    this.#ending = new AbortController()
    this.#take(undefined)
    if (deviceId === undefined) return
    const { signal } = this.#ending
    try {
      const opened = await this.#open(deviceId, signal)
      if (signal.aborted) opened.running.stop()
      else this.#take(opened)
    } catch (error) {
      if (!signal.aborted) this.#take(undefined, error instanceof Error ? error.message : String(error))
    }
  }

  #take(opened: OpenedScanner | undefined, problem?: string): void {
    this.#opened?.running.stop()
    this.#opened = opened
    this.#problem = problem
    for (const listener of this.#listeners) listener()
  }
}
