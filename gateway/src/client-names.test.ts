import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { ClientNames, nobody } from './client-names.ts'

test('clients name themselves by the headers of Apollo’s clients, or by the plain ones', () => {
  const names = new ClientNames()
  const apollo = { 'apollographql-client-name': 'gates', 'apollographql-client-version': '1.2' }
  const plain = { 'graphql-client-name': 'gates', 'graphql-client-version': '1.2' }
  expect(names.of(apollo)).toEqual({ name: 'gates', version: '1.2' })
  expect(names.of(plain)).toBe(names.of(apollo))
  expect(names.of({ ...plain, 'apollographql-client-name': 'live' })).toEqual({
    name: 'live',
    version: '1.2',
  })
  expect(names.of({ 'user-agent': 'curl' })).toBe(nobody)
})

test('the operator’s own headers take the place of those', () => {
  const names = new ClientNames({ name: ['X-App'], version: ['X-App-Version'] })
  expect(names.of({ 'x-app': 'gates', 'x-app-version': '3', 'graphql-client-name': 'live' })).toEqual({
    name: 'gates',
    version: '3',
  })
  expect(names.headers).toEqual(['x-app', 'x-app-version'])
})

test('a WebSocket’s client may name itself in connection_init, and nothing else is taken for a name', () => {
  const names = new ClientNames()
  expect(names.ofPayload({ client: { name: 'gates', version: '2' } })).toEqual({
    name: 'gates',
    version: '2',
  })
  expect(names.ofPayload({ client: { name: 'gates' } })).toEqual({ name: 'gates', version: '' })
  for (const client of [undefined, null, 'gates', {}, { name: 1 }, { name: '' }]) {
    expect(names.ofPayload({ client })).toBeUndefined()
  }
  expect(names.ofPayload(undefined)).toBeUndefined()
})

test('names are cut, and have nothing in them that a database refuses', () => {
  const { name, version } = new ClientNames().of({
    'graphql-client-name': `a\u0000b\n${'x'.repeat(200)}`,
    'graphql-client-version': ' \ud800 ',
  })
  expect(name).toBe(`ab${'x'.repeat(96)}`)
  expect(version).toBe('\ufffd')
})

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

test('any number of names, however long they are, takes little memory', () => {
  const names = new ClientNames()
  const known = names.of({ 'graphql-client-name': 'gates' })
  const before = heapBytes()
  for (let count = 0; count < 10_000; count += 1) {
    const long = JSON.parse(`{ "name": "client ${count} ${'x'.repeat(20_000)}" }`)
    names.ofPayload({ client: long })
  }
  expect(heapBytes() - before).toBeLessThan(5_000_000)
  // It was let go of: the same names are another object, with the same text.
  expect(names.of({ 'graphql-client-name': 'gates' })).not.toBe(known)
  expect(names.of({ 'graphql-client-name': 'gates' })).toEqual(known)
})
