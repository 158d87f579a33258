import { beforeEach, expect, it, vi } from 'vitest'
import { type OpenedScanner, ScannerDesk } from './scanner-desk.ts'
import type { EnrolmentState } from './session/device-session.ts'
import type { DeviceSessionKeeper } from './session/device-session-keeper.ts'

let state: EnrolmentState
let tell: () => void
const keeper = {
  state: () => state,
  subscribe(listener: () => void) {
    tell = listener
    return () => {}
  },
} as unknown as DeviceSessionKeeper

function enrol(deviceId: string | undefined): void {
  const session = { accessToken: '', refreshToken: '', refreshAt: 0, endsAt: 0, deviceName: 'Lane 1' }
  state =
    deviceId === undefined ? { phase: 'none' } : { phase: 'enrolled', session: { ...session, deviceId } }
  tell()
}

function opened() {
  const running = { soon: vi.fn(), stop: vi.fn() }
  return { scanner: {}, running } as unknown as OpenedScanner & { running: typeof running }
}

beforeEach(() => void vi.stubGlobal('window', new EventTarget()))

it('stops what was opened for a device that is not enrolled any more, and says so to what opens it', async () => {
  const first = opened()
  const second = opened()
  const signals: AbortSignal[] = []
  const { promise, resolve } = Promise.withResolvers<OpenedScanner>()
  const desk = new ScannerDesk(keeper, (deviceId, signal) => {
    signals.push(signal)
    return deviceId === 'dev_1' ? promise : Promise.resolve(second)
  })
  enrol('dev_1')
  enrol('dev_2')
  await expect.poll(desk.scanner).toBe(second.scanner)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  resolve(first)
  await expect.poll(() => first.running.stop.mock.calls.length).toBe(1)
  expect(desk.scanner()).toBe(second.scanner)
  enrol(undefined)
  expect(second.running.stop).toHaveBeenCalledOnce()
  expect(desk.scanner()).toBeUndefined()
})

it('says why a scanner does not open, until another one does', async () => {
  const desk = new ScannerDesk(keeper, (deviceId) =>
    deviceId === 'dev_1'
      ? Promise.reject(new Error('It was sealed with another key.'))
      : Promise.resolve(opened()),
  )
  enrol('dev_1')
  await expect.poll(desk.problem).toBe('It was sealed with another key.')
  enrol('dev_2')
  expect(desk.problem()).toBeUndefined()
})
