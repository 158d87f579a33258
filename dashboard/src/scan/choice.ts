/** What the operator has chosen; kept over reloads. */
export interface Choice {
  gateId: string | undefined
  direction: 'ENTRY' | 'EXIT'
  isMuted: boolean
  isCameraOn: boolean
}

export const FIRST_CHOICE: Choice = {
  gateId: undefined,
  direction: 'ENTRY',
  isMuted: false,
  isCameraOn: false,
}

/** Reads what was kept; whatever does not fit is as at first. */
export function readChoice(value: unknown): Choice {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Partial<Choice>
  return {
    gateId: typeof kept.gateId === 'string' ? kept.gateId : undefined,
    direction: kept.direction === 'EXIT' ? 'EXIT' : 'ENTRY',
    isMuted: kept.isMuted === true,
    isCameraOn: kept.isCameraOn === true,
  }
}
