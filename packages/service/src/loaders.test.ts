import { expect, test } from 'vitest'
import { loadersWhenUsed } from './loaders.ts'

function count() {
  const made: string[] = []
  const loaders = loadersWhenUsed<{ tenant: string }, { event: object; zone: object }>({
    event: ({ tenant }) => ({ made: made.push(`event of ${tenant}`) }),
    zone: ({ tenant }) => ({ made: made.push(`zone of ${tenant}`) }),
  })
  return { made, loaders }
}

test('a loader is made when it is first asked for, once a request', () => {
  const { made, loaders } = count()
  const one = loaders({ tenant: 'org_1' })
  const other = loaders({ tenant: 'org_2' })
  expect(made).toEqual([])
  expect(one.event).toBe(one.event)
  expect(other.event).not.toBe(one.event)
  expect(made).toEqual(['event of org_1', 'event of org_2'])
})

test('what is forgotten is made anew; another request keeps its own', () => {
  const { made, loaders } = count()
  const one = loaders({ tenant: 'org_1' })
  const other = loaders({ tenant: 'org_2' })
  const [before, kept] = [one.zone, other.zone]
  one.forget()
  expect(one.zone).not.toBe(before)
  expect(other.zone).toBe(kept)
  expect(made).toEqual(['zone of org_1', 'zone of org_2', 'zone of org_1'])
})
