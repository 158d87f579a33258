import { signViewer, type Viewer } from '@headcount/access'
import { expect, test } from 'vitest'
import { createViewers } from './viewers.ts'

const secret = 'test-viewer-secret-of-32-characters'
const now = () => new Date('2026-06-01T12:00:00Z')
const header = (id: string) =>
  signViewer({ kind: 'user', id, organizationId: 'org_a', scopes: ['x'] }, secret)

test('a header is checked once while it is in use, and forgotten when others came', () => {
  const read = createViewers({ secret, now, kept: 2 })
  const used = read(header('used'))
  for (let other = 0; other < 20; other++) {
    expect(read(header('used'))).toBe(used)
    read(header(`other-${other}`))
  }
  for (let other = 20; other < 24; other++) read(header(`other-${other}`))
  expect(read(header('used'))).toEqual(used)
  expect(read(header('used'))).not.toBe(used)
})

test('what was signed with another secret is never believed, however often it comes', () => {
  const read = createViewers({ secret, now })
  const foreign = signViewer(undefined, 'another-secret-of-32-characters!!')
  expect([read(foreign), read(foreign), read(undefined), read('')]).toEqual(Array(4).fill(undefined))
})

test('a request cannot change the viewer of the next one', () => {
  const viewer = createViewers({ secret, now })(header('a')) as Viewer
  expect(() => (viewer.scopes as string[]).push('*')).toThrow(TypeError)
  expect(() => Object.assign(viewer, { organizationId: 'org_b' })).toThrow(TypeError)
})
