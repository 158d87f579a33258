import { describe, expect, it } from 'vitest'
import { isGraphPath, isScanPath, pathOf, slugOf } from './route.ts'

describe('slugOf', () => {
  it('reads what pathOf wrote', () => {
    expect(slugOf(pathOf('doors-open-2026'))).toBe('doors-open-2026')
    expect(slugOf('/events/doors-open/')).toBe('doors-open')
  })

  it.each(['/', '/events/', '/events/a/b', '/events/Über', '/other/doors-open', `/events/${'a'.repeat(64)}`])(
    'finds no event in %s',
    (path) => {
      expect(slugOf(path)).toBeUndefined()
    },
  )
})

it('knows the scanner’s address and no other for it', () => {
  expect(['/scan', '/scan/', '/scans', '/scan/x', '/'].map(isScanPath)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

it('knows the pages about the graph, and takes the API’s address for none', () => {
  expect(['/graph', '/graph/', '/graph/schema/Event', '/graphql', '/graphs', '/'].map(isGraphPath)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
