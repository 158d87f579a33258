import { expect, test } from 'vitest'
import { wayThrough, zoneTree } from './ground.ts'
import { keyOfScan, scanIdOf } from './ledger.ts'

test('a place lies in its parents and in the ground', () => {
  const tree = zoneTree('evt_a', [
    { id: 'hall', parentId: null },
    { id: 'lounge', parentId: 'hall' },
  ])
  expect(tree.chain('lounge')).toEqual(['lounge', 'hall', 'evt_a'])
  expect(tree.chain(null)).toEqual([])
  expect(tree.isWithin('lounge', 'hall')).toBe(true)
  expect(tree.isWithin('hall', 'lounge')).toBe(false)
})

test('a circle of parents ends', () => {
  const tree = zoneTree('evt_a', [
    { id: 'a', parentId: 'b' },
    { id: 'b', parentId: 'a' },
  ])
  expect(tree.chain('a')).toEqual(['a', 'b', 'evt_a'])
})

test('a gate without zones leads from outside into the ground', () => {
  const gate = { eventId: 'evt_a', zoneFromId: null, zoneToId: null }
  expect(wayThrough(gate, 'ENTRY')).toEqual({ from: null, to: 'evt_a' })
  expect(wayThrough(gate, 'EXIT')).toEqual({ from: 'evt_a', to: null })
})

test('a scan’s id leads back to its place in the ledger, and any other text nowhere', () => {
  const key = { eventId: 'evt_0199aa', ledgerSeq: 123_456 }
  expect(keyOfScan(scanIdOf(key))).toEqual(key)
  for (const text of [
    '',
    'scn_',
    'scn_a',
    'scn_a_!',
    'scn_a_zzzzzzz',
    'evt_a_1',
    `scn_${'a'.repeat(99)}_1`,
  ]) {
    expect(keyOfScan(text)).toBeUndefined()
  }
})
