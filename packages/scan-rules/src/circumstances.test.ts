import { expect, test } from 'vitest'
import {
  circumstancesOf,
  gateBetween,
  goodWorld,
  hall,
  lounge,
  noon,
  presence,
  zone,
} from '../test/good-world.ts'
import type { EntryPolicy } from './entry-policy.ts'

const rows = [
  presence(hall, {
    bodies: 1,
    entries: 2,
    lastEntryAt: noon,
    entriesFromOutside: 2,
    lastFromOutsideAt: noon,
  }),
  presence(lounge, { entries: 1, lastEntryAt: noon }),
]

function courseInto(place: string, from: string | null, entryPolicy: EntryPolicy | null) {
  const zones = [zone(hall, { entryPolicy }), zone(lounge, { parentId: hall, entryPolicy })]
  const { policy, entries } = circumstancesOf({
    ...goodWorld(),
    ...{ zones, gate: gateBetween(from, place), presence: rows },
  })
  return [policy, entries.count]
}

test('a ticket type’s policy counts entries from outside, or into the zone that an inner gate leads to', () => {
  expect(courseInto(hall, null, null)).toEqual(['AFTER_EXIT', 2])
  expect(courseInto(lounge, null, null)).toEqual(['AFTER_EXIT', 2])
  expect(courseInto(lounge, hall, null)).toEqual(['AFTER_EXIT', 1])
})

test('a zone’s own policy goes first, and counts entries into that zone', () => {
  expect(courseInto(lounge, null, 'SINGLE')).toEqual(['SINGLE', 1])
})

test('a ticket whose type nobody knows may enter again after each exit', () => {
  const world = { ...goodWorld(), ticketType: undefined }
  expect(circumstancesOf(world)).toMatchObject({ policy: 'AFTER_EXIT', toZone: { id: lounge }, left: hall })
})
