import { expect, test } from 'vitest'
import { zoneTree } from './zone-tree.ts'

test('a place lies in its parents and in the ground', () => {
  const tree = zoneTree('evt_a', [
    { id: 'hall', parentId: null },
    { id: 'lounge', parentId: 'hall' },
  ])
  expect(tree.chain('lounge')).toEqual(['lounge', 'hall', 'evt_a'])
  expect(tree.chain('evt_a')).toEqual(['evt_a'])
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
