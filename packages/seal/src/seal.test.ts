import { expect, test } from 'vitest'
import { createSeal } from './seal.ts'

const secret = 'a secret of at least 32 characters'
const purpose = 'test keys'
const seal = createSeal(secret, purpose)

test('what was sealed opens again with the same secret at the same place, and is never sealed alike', () => {
  const sealed = seal.close('private', 'org_1/key_1')
  expect(createSeal(secret, purpose).open(sealed, 'org_1/key_1')).toBe('private')
  expect(seal.close('private', 'org_1/key_1')).not.toBe(sealed)
  expect(sealed).not.toContain(Buffer.from('private').toString('base64url'))
})

test('another secret, another purpose, another place or a changed byte opens nothing', () => {
  const sealed = seal.close('private', 'org_1/key_1')
  expect(() =>
    createSeal('another secret of 32 characters at least', purpose).open(sealed, 'org_1/key_1'),
  ).toThrow()
  expect(() => createSeal(secret, 'other keys').open(sealed, 'org_1/key_1')).toThrow()
  expect(() => seal.open(sealed, 'org_2/key_1')).toThrow()
  const bytes = Buffer.from(sealed, 'base64url')
  for (const at of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => seal.open(changed.toString('base64url'), 'org_1/key_1')).toThrow()
  }
  expect(() => seal.open('', 'org_1/key_1')).toThrow()
})

test('what was sealed for ticket keys before this package was there still opens', () => {
  const sealed = 'qNziP-rbRFWWkHHl-jxVOMAW6MzJbD1TM0x7gu53U_PUYtY'
  expect(createSeal(secret, 'headcount ticket keys').open(sealed, 'org_1/key_1')).toBe('private')
})
