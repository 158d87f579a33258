import type { Ticket } from '../setup/venue.ts'
import type { Ground, Way } from './ground.ts'
import type { Direction } from './journal.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Where people are, as far as the staff can tell, and which of them come again and again. */
export interface Crowd {
  /** Somebody who may stand at this gate. */
  someone(way: Way, direction: Direction, random: SeededRandom): string
  /** One of those who come again and again. */
  regular(random: SeededRandom): Ticket | undefined
  /** Somebody went through. */
  moved(code: string, way: Way, direction: Direction): void
  /** From now on this one comes again and again too. */
  join(ticket: Ticket): void
}

const REGULARS = 80
const MOST_REGULARS = 160
const REGULAR_SHARE = 0.35
const ASTRAY_SHARE = 0.1

/** Makes the crowd of a ground. */
export function newCrowd({ tickets }: Pick<Ground, 'tickets'>): Crowd {
  const regulars = tickets.slice(0, REGULARS)
  const places = new Map<string, string | null>()
  const inside = new Map<string, Set<string>>()
  return {
    someone(way, direction, random) {
      const place = direction === 'ENTRY' ? way.from : way.to
      const there = place === null ? undefined : inside.get(place)
      if (there && there.size > 0 && !random.chance(ASTRAY_SHARE)) return random.pick([...there]) ?? ''
      const from = random.chance(REGULAR_SHARE) ? regulars : tickets
      return random.pick(from)?.code ?? ''
    },
    regular: (random) => random.pick(regulars),
    moved(code, way, direction) {
      inside.get(places.get(code) ?? '')?.delete(code)
      const place = direction === 'ENTRY' ? way.to : way.from
      places.set(code, place)
      if (place === null) return
      const there = inside.get(place) ?? new Set()
      inside.set(place, there.add(code))
    },
    join(ticket) {
      tickets.push(ticket)
      regulars.push(ticket)
      if (regulars.length > MOST_REGULARS) regulars.shift()
    },
  }
}
