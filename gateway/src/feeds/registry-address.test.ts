import { expect, test } from 'vitest'
import { documentsAddress, registryBase, shownAddress, supergraphAddress } from './registry-address.ts'

test.each([
  ['http://r.test', 'http://r.test', 'http://r.test/supergraph'],
  ['http://r.test/registry/', 'http://r.test/registry', 'http://r.test/registry/supergraph'],
  [
    'http://r.test/registry/contracts/partner-api',
    'http://r.test/registry',
    'http://r.test/registry/contracts/partner-api/supergraph',
  ],
  [
    'http://r.test/registry/contracts/a//',
    'http://r.test/registry',
    'http://r.test/registry/contracts/a/supergraph',
  ],
  // None of these is a contract's address.
  ['http://r.test/contracts', 'http://r.test/contracts', 'http://r.test/contracts/supergraph'],
  ['http://r.test/contracts/1', 'http://r.test/contracts/1', 'http://r.test/contracts/1/supergraph'],
  ['http://r.test/contracts/a/b', 'http://r.test/contracts/a/b', 'http://r.test/contracts/a/b/supergraph'],
])('%s: documents and usage are of %s, the supergraph is at %s', (url, base, supergraph) => {
  expect(registryBase(url)).toBe(base)
  expect(supergraphAddress(url).href).toBe(supergraph)
  expect(documentsAddress(url).href).toBe(`${base}/documents`)
})

test('an address is shown without a password', () => {
  expect(shownAddress(supergraphAddress('http://me:hunter2@r.test/a'))).toBe('http://r.test/a/supergraph')
})
