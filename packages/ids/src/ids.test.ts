import { expect, test } from 'vitest'
import { isId, newId } from './ids.ts'

test('an id says its kind, and no two are the same', () => {
  const ids = Array.from({ length: 1000 }, () => newId('event'))
  expect(new Set(ids).size).toBe(1000)
  expect(ids.every((id) => isId('event', id))).toBe(true)
  expect(isId('gate', ids[0] ?? '')).toBe(false)
})

test('ids made later sort later', () => {
  expect(newId('scan', 1_000) < newId('scan', 2_000)).toBe(true)
})
