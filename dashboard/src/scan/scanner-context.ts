import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Scanner } from './scanner.ts'
import type { ScannerDesk } from './scanner-desk.ts'
import type { ScannerView } from './scanner-view.ts'
import type { EnrolmentState } from './session/device-session.ts'
import type { DeviceSessionKeeper } from './session/device-session-keeper.ts'

/** What the scanner's screen is made of, built once in open-scanner.tsx. */
export interface ScannerScreenParts {
  keeper: DeviceSessionKeeper
  desk: ScannerDesk
  /** Answers the enrolment token that the address brought, once. */
  takeOffer: () => string | undefined
}

export const ScannerContext = createContext<ScannerScreenParts | undefined>(undefined)

export function useScannerParts(): ScannerScreenParts {
  const parts = useContext(ScannerContext)
  if (!parts) throw new Error('useScannerParts() needs a ScannerContext.Provider above it.')
  return parts
}

export function useEnrolment(): EnrolmentState {
  const { keeper } = useScannerParts()
  return useSyncExternalStore(keeper.subscribe, keeper.state)
}

/** The scanner of the device that is enrolled; undefined until it is open. */
export function useScanner(): Scanner | undefined {
  const { desk } = useScannerParts()
  return useSyncExternalStore(desk.subscribe, desk.scanner)
}

/** Why the scanner does not open. */
export function useScannerProblem(): string | undefined {
  const { desk } = useScannerParts()
  return useSyncExternalStore(desk.subscribe, desk.problem)
}

export function useScannerView(scanner: Scanner): ScannerView {
  return useSyncExternalStore(scanner.subscribe, scanner.view)
}
