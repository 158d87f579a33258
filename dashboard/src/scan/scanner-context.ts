import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Scanner } from './scanner.ts'
import type { ScannerDesk } from './scanner-desk.ts'
import type { ScannerView } from './scanner-view.ts'
import type { EnrolmentState } from './session/device-session.ts'
import type { DeviceSessionKeeper } from './session/device-session-keeper.ts'

/** What the scanner's screen is made of, built once in open-scanner.ts. */
export interface ScannerScreenParts {
  keeper: DeviceSessionKeeper
  desk: ScannerDesk
  /** An enrolment token that the address brought. */
  offeredToken: string | undefined
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

export function useScannerView(scanner: Scanner): ScannerView {
  return useSyncExternalStore(scanner.subscribe, scanner.view)
}
