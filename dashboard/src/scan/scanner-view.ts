import type { Answer } from './answer/answer.ts'
import type { Choice } from './choice.ts'
import type { ListStatus } from './sync/offline-list.ts'
import type { ScannerGate } from './sync/standing.ts'

/** Everything that the screen shows, at one moment. */
export interface ScannerView {
  eventName: string | undefined
  gates: readonly ScannerGate[]
  choice: Choice
  /** What fills the screen; undefined between two attempts. */
  answer: Answer | undefined
  /** An attempt is under way. */
  isDeciding: boolean
  isReachable: boolean
  waiting: number
  /** How long the oldest waiting attempt has waited, in milliseconds. */
  waitingMs: number | undefined
  list: ListStatus
  /** Why the last page of the list was not taken, in one sentence. */
  listProblem: string | undefined
  /** Local clock less the server's, in milliseconds. */
  skewMs: number
  batteryPercent: number | undefined
  missingCount: number
  /** Kept attempts that cannot be read any more. */
  damaged: number
  /** The browser did not keep what it was last given. */
  isStoreFailing: boolean
}

/** The gate that is chosen, where the scanner may work at it. */
export function chosenGate({
  gates,
  choice,
}: Pick<ScannerView, 'gates' | 'choice'>): ScannerGate | undefined {
  return gates.find(({ id }) => id === choice.gateId)
}
