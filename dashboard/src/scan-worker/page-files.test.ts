import { describe, expect, it } from 'vitest'
import { fileFor, oldCaches } from './page-files.ts'

const files = ['/scan', '/assets/main-abc.js']

describe('fileFor', () => {
  it('answers the page and its assets', () => {
    expect(fileFor({ pathname: '/scan' }, { files, isPage: true })).toBe('/scan')
    expect(fileFor({ pathname: '/scan/' }, { files, isPage: true })).toBe('/scan')
    expect(fileFor({ pathname: '/assets/main-abc.js' }, { files, isPage: false })).toBe('/assets/main-abc.js')
  })

  it('never answers the graph, nor another page', () => {
    expect(fileFor({ pathname: '/graphql' }, { files, isPage: false })).toBeUndefined()
    expect(fileFor({ pathname: '/events/a' }, { files, isPage: true })).toBeUndefined()
    expect(fileFor({ pathname: '/health/ready' }, { files, isPage: false })).toBeUndefined()
  })
})

describe('oldCaches', () => {
  it('keeps the version before this one, for a window that is still open, and what is not ours', () => {
    expect(oldCaches(['scan-1', 'other', 'scan-2', 'scan-3'], 'scan-3')).toEqual(['scan-1'])
    expect(oldCaches(['scan-3'], 'scan-3')).toEqual([])
  })
})
