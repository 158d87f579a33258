import { type SoldOutProblem, soldOut } from '../errors.ts'
import type { EventPlaces } from '../store/rows.ts'

/** Gives places of an event within its capacity and the quotas of its ticket types. */
export interface PlaceBook {
  /** Takes a place, or says what is used up; then nothing is taken. */
  take(ticketTypeId: string): SoldOutProblem | undefined
  /** How many places were taken, by ticket type. */
  readonly taken: ReadonlyMap<string, number>
}

/** Begins to give places from where the counts stand. */
export function createPlaceBook({ event, ticketTypes }: EventPlaces): PlaceBook {
  const taken = new Map<string, number>()
  let total = 0
  return {
    taken,
    take(ticketTypeId) {
      const type = ticketTypes.get(ticketTypeId)
      if (!type) throw new Error(`the places of ${ticketTypeId} were not read`)
      const ofType = taken.get(ticketTypeId) ?? 0
      const { limit: quota } = type
      if (quota !== null && type.registered + ofType >= quota) return soldOut(ticketTypeId, 'quota', quota)
      const { limit: capacity } = event
      if (capacity !== null && event.registered + total >= capacity) {
        return soldOut(ticketTypeId, 'capacity', capacity)
      }
      taken.set(ticketTypeId, ofType + 1)
      total += 1
      return undefined
    },
  }
}
