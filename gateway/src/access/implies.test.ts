import { type Alternatives, type Requirement, satisfies } from '@headcount/access'
import { expect, test } from 'vitest'
import { isImplied } from './implies.ts'

const names = ['a', 'b', 'c', 'd']
const subsets = Array.from({ length: 16 }, (_, bits) => names.filter((_name, index) => bits & (1 << index)))

function source(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % below
  }
}

test('a requirement follows from others exactly when everybody who meets them meets it', () => {
  const next = source(7)
  const alternatives = (): Alternatives | undefined =>
    next(4) === 0 ? undefined : Array.from({ length: 1 + next(3) }, () => subsets[1 + next(15)] ?? [])
  const requirement = (): Requirement => ({
    isAuthenticated: false,
    scopes: undefined,
    policies: alternatives(),
  })
  let implied = 0
  for (let number = 0; number < 2_000; number += 1) {
    const wanted = requirement()
    const all = Array.from({ length: next(4) }, requirement)
    const meets = (held: readonly string[], asked: Requirement) => satisfies(undefined, asked, new Set(held))
    const expected = subsets.every((held) => !all.every((asked) => meets(held, asked)) || meets(held, wanted))
    expect(isImplied(wanted, all), JSON.stringify({ wanted, all })).toBe(expected)
    implied += expected ? 1 : 0
  }
  expect(implied).toBeGreaterThan(200)
})

test('what is too long to tell does not follow, and takes no time', () => {
  const wide = (index: number): Requirement => ({
    isAuthenticated: false,
    policies: undefined,
    scopes: [[`${index}a`], [`${index}b`]],
  })
  const all = Array.from({ length: 60 }, (_, index) => wide(index))
  expect(isImplied(wide(0), all)).toBe(false)
})
