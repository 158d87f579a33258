import { expect, test } from 'vitest'
import {
  gateBetween,
  goodWorld,
  hall,
  judge,
  lounge,
  noon,
  presence,
  type World,
  zone,
} from '../test/good-world.ts'
import type { Zone } from './ground.ts'
import type { PlacePresence } from './presence.ts'

const yard = 'zon_yard'

/** A second after the ticket's last movements, at the outer gate of the hall. */
function atHall(change: Partial<Zone>, rows: readonly PlacePresence[]): World {
  return {
    ...goodWorld(),
    at: new Date(noon.getTime() + 1000),
    gate: gateBetween(null, hall),
    zones: [zone(hall, change), zone(lounge, { parentId: hall }), zone(yard)],
    presence: [...rows],
  }
}
const limited = { passbackTimeoutSeconds: 60 } as const
const timed = { antiPassback: 'TIMED', passbackTimeoutSeconds: 60 } as const
const left = presence(hall, { entries: 1 })

test('from outside a ticket is inside wherever in the event it is; from a zone, only where it goes to', () => {
  const inYard = atHall({}, [presence(yard, { bodies: 1, entries: 1 })])
  expect(judge(inYard).reason).toBe('ALREADY_INSIDE')
  expect(judge({ ...inYard, gate: gateBetween(yard, hall) }).reason).toBeNull()
})

test('the time holds where the ticket moved and within, up to its last moment', () => {
  expect(judge(atHall(limited, [left])).reason).toBe('PASSBACK_TIMEOUT')
  expect(judge(atHall(limited, [presence(lounge, { entries: 1 })])).reason).toBe('PASSBACK_TIMEOUT')
  expect(judge(atHall(limited, [presence(yard, { entries: 1 })])).reason).toBeNull()
  expect(judge(atHall(limited, [presence(hall)])).reason).toBeNull()
  const later = (ms: number) =>
    judge({ ...atHall(limited, [left]), at: new Date(noon.getTime() + ms) }).reason
  expect([later(59_999), later(60_000), later(-1)]).toEqual(['PASSBACK_TIMEOUT', null, null])
})

test('with TIMED anti-passback who is inside waits, wherever that is, and then comes in', () => {
  const inYard = atHall(timed, [presence(yard, { bodies: 1, entries: 1 })])
  expect(judge(inYard).reason).toBe('PASSBACK_TIMEOUT')
  expect(judge({ ...inYard, at: new Date(noon.getTime() + 60_000) }).reason).toBeNull()
  expect(judge(atHall(timed, [presence(yard, { entries: 1 })])).reason).toBeNull()
})

test('an UNLIMITED ticket is never held up', () => {
  const world = atHall(limited, [presence(hall, { bodies: 1, entries: 1 })])
  world.ticketType = { ...world.ticketType, entryPolicy: 'UNLIMITED' }
  expect(judge(world).reason).toBeNull()
})

test('after a reset the next way in is free of the time, and the next way out of being inside', () => {
  expect(judge(atHall(limited, [{ ...left, isReset: true }])).reason).toBeNull()
  const out = (rows: readonly PlacePresence[]) => judge({ ...atHall({}, rows), direction: 'EXIT' }).reason
  expect(out([left])).toBe('NOT_INSIDE')
  expect(out([{ ...left, isReset: true }])).toBeNull()
  expect(out([presence(yard, { isReset: true })])).toBe('NOT_INSIDE')
})
