import { expect, test } from 'vitest'
import { keyOfScan, scanIdOf } from './ledger.ts'

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
