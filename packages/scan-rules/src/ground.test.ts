import { expect, test } from 'vitest'
import { wayThrough } from './ground.ts'

test('a gate without zones leads from outside into the ground', () => {
  const gate = { eventId: 'evt_a', zoneFromId: null, zoneToId: null }
  expect(wayThrough(gate, 'ENTRY')).toMatchObject({ from: null, to: 'evt_a' })
  expect(wayThrough(gate, 'EXIT')).toMatchObject({ from: 'evt_a', to: null })
})

test('a gate between zones leads out where it leads in, the other way round', () => {
  const gate = { eventId: 'evt_a', zoneFromId: 'hall', zoneToId: 'lounge' }
  expect(wayThrough(gate, 'ENTRY')).toMatchObject({ from: 'hall', to: 'lounge' })
  expect(wayThrough(gate, 'EXIT')).toMatchObject({ from: 'lounge', to: 'hall' })
})
