import { expect, test } from 'vitest'
import { readManifest } from './index.ts'

const hash = 'a'.repeat(64)
const text = 'query Trusted { open }'
const operation = { id: hash, name: 'Trusted', type: 'query', body: text }
const apollo = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] }

test('reads Apollo’s manifests, with the client that an operation names', () => {
  const operations = [operation, { ...operation, id: 'own', clientName: 'shop' }]
  expect(readManifest(JSON.stringify({ ...apollo, operations }), 'web')).toEqual([
    { client: 'web', documents: [{ id: hash, text, name: 'Trusted' }] },
    { client: 'shop', documents: [{ id: 'own', text, name: 'Trusted' }] },
  ])
})

test('reads maps of ids to texts, whatever the ids are called', () => {
  const map = `{"${hash}":"${text}","__proto__":"${text}","constructor":"${text}"}`
  const [read] = readManifest(map, '')
  expect(read?.documents.map(({ id }) => id)).toEqual([hash, '__proto__', 'constructor'])
})

test.each<[string, unknown, RegExp]>([
  ['no JSON', '{"a":', /it is not JSON/],
  ['a list', [], /it must be a JSON object/],
  ['another version', { ...apollo, version: 2 }, /its "version" must be 1 and is 2/],
  ['no operations', { ...apollo, operations: {} }, /its "operations" must be a list/],
  [
    'an operation without a body',
    { ...apollo, operations: [{ id: 'x' }, null] },
    /"operations\[0\]" must have "id" and "body".*; "operations\[1\]"/,
  ],
  ['a map to something else', { a: 1, b: {} }, /it must be \{"<id>": "<text>", …\}.*no text: "a", "b"/],
])('refuses %s, and says why', (_, manifest, reason) => {
  const content = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
  expect(() => readManifest(content, '')).toThrow(reason)
})

test('takes from an id what clients send before a hash', () => {
  const [read] = readManifest(
    JSON.stringify({ [`sha256:${hash}`]: text, 'x-app:1': text, 'sha256:abc': text }),
    '',
  )
  expect(read?.documents.map(({ id }) => id)).toEqual([hash, 'x-app:1', 'sha256:abc'])
})
