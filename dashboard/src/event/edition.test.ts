import { describe, expect, it } from 'vitest'
import { readAddress } from './edition.ts'

const first = { id: 'e1', name: 'Doors Open', slug: 'doors-open' }
const second = { id: 'e2', name: 'Doors Open 2', slug: 'doors-open' }

describe('readAddress', () => {
  it('shows whatever holds the address at first', () => {
    expect(readAddress(undefined, undefined, first)).toEqual({ kind: 'held', by: first })
  })

  it('stays while the same event holds it', () => {
    expect(readAddress('e1', first, first)).toEqual({ kind: 'held', by: first })
  })

  it('follows to a new edition and knows where the old one went', () => {
    const moved = { ...first, slug: 'doors-open-1' }
    expect(readAddress('e1', moved, second)).toEqual({ kind: 'taken', by: second, previous: moved })
  })

  it('follows an event that was given another address', () => {
    const moved = { ...first, slug: 'elsewhere' }
    expect(readAddress('e1', moved, null)).toEqual({ kind: 'moved', to: moved })
  })

  it('says when nothing is there', () => {
    expect(readAddress('e1', null, null)).toEqual({ kind: 'gone' })
    expect(readAddress(undefined, undefined, null)).toEqual({ kind: 'gone' })
  })
})
