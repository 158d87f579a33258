import { expect, it } from 'vitest'
import { safeAddress } from './safe-address.ts'

it('follows web addresses alone, whatever a check was told', () => {
  expect(safeAddress('https://ci.test/builds/1')).toBe('https://ci.test/builds/1')
  for (const url of [
    undefined,
    '',
    'builds/1',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
  ]) {
    expect(safeAddress(url)).toBeUndefined()
  }
})
