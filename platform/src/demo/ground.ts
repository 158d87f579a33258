/** A zone of the demo. */
export interface DemoZone {
  readonly name: string
  readonly capacity: number
  readonly enforcement: 'HARD' | 'SOFT'
}

/** A ticket type of the demo. */
export interface DemoTicketType {
  readonly name: string
  readonly quota: number
  /** How many are registered before doors open. */
  readonly registered: number
  /** Whether its tickets are valid from the start of the show only. */
  readonly isLate: boolean
}

/** A gate of the demo. */
export interface DemoGate {
  readonly name: string
  readonly zone: string
  readonly lanes: number
  /** Its part of the arrivals. */
  readonly share: number
  /** Whether tickets with a seat are admitted here. */
  readonly admitsSeats: boolean
}

export const zones: readonly DemoZone[] = [
  { name: 'Field', capacity: 40_000, enforcement: 'SOFT' },
  { name: 'Stands', capacity: 20_000, enforcement: 'SOFT' },
  { name: 'Terrace', capacity: 9_000, enforcement: 'HARD' },
]

export const ticketTypes: readonly DemoTicketType[] = [
  { name: 'General', quota: 50_000, registered: 43_500, isLate: false },
  { name: 'Seated', quota: 6_000, registered: 5_000, isLate: false },
  { name: 'Late Entry', quota: 2_000, registered: 1_500, isLate: true },
]

const gate = (name: string, zone: string, [lanes, share]: readonly [number, number]): DemoGate => ({
  name,
  zone,
  lanes,
  share,
  admitsSeats: zone === 'Stands',
})

// 110 lanes, spread so that no queue lasts longer than a minute at 11 people a minute and lane.
export const gates: readonly DemoGate[] = [
  gate('North', 'Field', [24, 22]),
  gate('North East', 'Field', [20, 18]),
  gate('East', 'Field', [16, 15]),
  gate('South East', 'Field', [13, 12]),
  gate('South', 'Stands', [12, 11]),
  gate('South West', 'Stands', [11, 10]),
  gate('West', 'Terrace', [9, 8]),
  gate('River', 'Terrace', [5, 4]),
]

/** How many may be registered. */
export const capacity = 60_000
/** How many are registered before doors open. */
export const registered = ticketTypes.reduce((sum, type) => sum + type.registered, 0)
