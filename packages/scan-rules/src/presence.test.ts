import { describe, expect, test } from 'vitest'
import { eventId, hall, lounge, noon, presence, zone } from '../test/good-world.ts'
import type { AntiPassback, Way } from './ground.ts'
import { absentFrom, movePresence, type PlacePresence, placeLeft, type Step } from './presence.ts'
import { zoneTree } from './zone-tree.ts'

const yard = 'zon_yard'
const attic = 'zon_attic'

function groundWith(antiPassback: AntiPassback) {
  const zones = [
    zone(hall, { antiPassback }),
    ...[lounge, attic].map((id) => zone(id, { parentId: hall })),
    zone(yard),
  ]
  return { tree: zoneTree(eventId, zones), zones: new Map(zones.map((one) => [one.id, one])) }
}
const at = (...places: string[]) => places.map((place) => presence(place, { bodies: 1 }))
const entry = (from: Way['from'], to: Way['to']): Way => ({ direction: 'ENTRY', from, to })
const exit = (from: Way['from'], to: Way['to']): Way => ({ direction: 'EXIT', from, to })

describe('the place that a body leaves', () => {
  test.each<[string, PlacePresence[], Way, string | null]>([
    ['is outside, for one that comes from there', [], entry(null, hall), null],
    ['is outside too for a second body', at(hall), entry(null, hall), null],
    ['is where the way begins, before all within', at(attic, hall), exit(hall, null), hall],
    ['is a place within it, where it is there', at(lounge), exit(hall, null), lounge],
    ['is nowhere, where it is not there', at(yard), exit(hall, null), 'nowhere'],
    ['is no place that it has left', [presence(hall, { entries: 1 })], exit(hall, null), 'nowhere'],
    ['is anywhere in the ground', at(yard), exit(eventId, null), yard],
    ['of several is the first by name', at(yard, lounge), exit(eventId, null), lounge],
  ])('%s', (_title, rows, way, place) => {
    expect(placeLeft(rows, way, groundWith('HARD'))).toBe(place)
  })

  test.each<[string, PlacePresence[], Way, string | null]>([
    ['from outside, it is wherever the ticket is', at(yard), entry(null, hall), yard],
    ['from another zone, it is where it is in the zone', at(lounge), entry(yard, hall), lounge],
    ['from the zone where the ticket is, it is that one', at(yard, hall), entry(yard, hall), yard],
    ['an exit is no way in', at(hall), exit(lounge, hall), 'nowhere'],
  ])('into a TIMED zone: %s', (_title, rows, way, place) => {
    expect(placeLeft(rows, way, groundWith('TIMED'))).toBe(place)
  })
})

const later = new Date(noon.getTime() + 1000)

function moved(rows: PlacePresence[], way: Way, left: string | null): PlacePresence[] {
  const step: Step = { ...way, at: later }
  const places = new Map(rows.map((row) => [row.placeId, row]))
  return [...movePresence(places, { step, left }, (place) => absentFrom(place, later)).values()]
}

test('an entry from outside is a body, an entry and one from outside', () => {
  expect(moved([], entry(null, hall), null)).toEqual([
    {
      ...{ placeId: hall, bodies: 1, entries: 1, lastEntryAt: later, entriesFromOutside: 1 },
      ...{ lastFromOutsideAt: later, lastMovementAt: later, isReset: false },
    },
  ])
})

test('an entry from a zone moves the body and is none from outside', () => {
  const before = presence(hall, { bodies: 2, entries: 2, entriesFromOutside: 2 })
  expect(moved([before], entry(hall, lounge), hall)).toEqual([
    { ...before, bodies: 1, lastMovementAt: later },
    { ...presence(lounge), bodies: 1, entries: 1, lastEntryAt: later, lastMovementAt: later },
  ])
})

test('an exit leads out of where the body is, and is no entry into where it leads', () => {
  expect(moved(at(lounge), exit(lounge, hall), lounge)).toEqual([
    { ...presence(lounge), lastMovementAt: later },
    { ...presence(hall), bodies: 1, lastMovementAt: later },
  ])
})

test('who was nowhere moves no body, and has entered and moved all the same', () => {
  expect(moved([], entry(hall, lounge), 'nowhere')).toEqual([
    { ...presence(hall), lastMovementAt: later },
    { ...presence(lounge), entries: 1, lastEntryAt: later, lastMovementAt: later },
  ])
})

test('a movement takes the freedom away that a reset gave, at every place', () => {
  const rows = [presence(yard, { isReset: true }), presence(hall, { isReset: true })]
  const after = moved(rows, entry(null, hall), null)
  expect(after.map(({ placeId, bodies, isReset }) => [placeId, bodies, isReset])).toEqual([
    [yard, 0, false],
    [hall, 1, false],
  ])
  expect(after[0]?.lastMovementAt).toEqual(noon)
})
