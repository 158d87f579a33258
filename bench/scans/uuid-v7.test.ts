import { expect, test } from 'vitest'
import { idOf, uuidV7 } from './uuid-v7.ts'

test('an id is a UUID of version 7 that carries its time', () => {
  const id = uuidV7(0x0192_f0e1_d2c3)
  expect(id).toMatch(/^0192f0e1-d2c3-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids made later sort later, and no two are the same', () => {
  expect(uuidV7(1000) < uuidV7(2000)).toBe(true)
  expect(new Set(Array.from({ length: 1000 }, () => uuidV7())).size).toBe(1000)
})

test('an id of the platform has its prefix and no hyphens', () => {
  expect(idOf('tkt')).toMatch(/^tkt_[0-9a-f]{12}7[0-9a-f]{19}$/)
})
