import type { LiveResult } from './live-result.ts'

/** Events of a log that are lost: those whose number lies strictly between the two. */
export interface Gap {
  readonly afterSeq: number
  readonly beforeSeq: number
}

/** Where a result stands in its stream. */
export interface Delivery {
  /** What to resume after; opaque. Undefined where neither the server nor the operation says. */
  readonly position: string | undefined
  /** The server's numbers are lower than what this client had: what was kept from before counts no more. */
  readonly isReset: boolean
  /** Set where events are missing before this result, which then may have no `data`. */
  readonly gap: Gap | undefined
}

/** Reads what the server says of a result's place: `extensions.resume`, `reset` and `gap`, or an event's id. */
export function readDelivery({ extensions }: LiveResult, eventId?: string): Delivery {
  const { resume, reset, gap } = (extensions ?? {}) as Readonly<Record<string, unknown>>
  return {
    position: typeof resume === 'string' ? resume : eventId,
    isReset: reset === true,
    gap: isGap(gap) ? gap : undefined,
  }
}

function isGap(value: unknown): value is Gap {
  if (typeof value !== 'object' || value === null) return false
  const { afterSeq, beforeSeq } = value as Record<string, unknown>
  return typeof afterSeq === 'number' && typeof beforeSeq === 'number'
}
