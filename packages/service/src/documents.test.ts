import { documentIdOf } from '@headcount/access'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { createDocuments } from './documents.ts'

const schema = buildSchema('type Query { a: Int }')
const text = (name: string) => `query ${name} { a }`

test('a text is read once', () => {
  const documents = createDocuments(schema)
  expect(documents.ofText(text('A'))).toBe(documents.ofText(text('A')))
  expect(documents.ofId(documentIdOf(text('A')))).toBe(documents.ofText(text('A')))
})

test.each([
  ['number', { documents: 2, characters: 1000 }],
  ['size', { documents: 100, characters: 2 * text('A').length }],
])('beyond the bound of %s the oldest is forgotten, by text and by id', (_name, bounds) => {
  const documents = createDocuments(schema, bounds)
  const first = documents.ofText(text('A'))
  for (const name of ['B', 'C']) documents.ofText(text(name))
  const isKnown = (name: string) => documents.ofId(documentIdOf(text(name))) !== undefined
  expect(['A', 'B', 'C'].map(isKnown)).toEqual([false, true, true])
  expect(documents.ofText(text('A'))).not.toBe(first)
})

test('a document too deep to read is refused, not thrown', () => {
  const documents = createDocuments(schema)
  expect(documents.ofText(`{ a${'{ a'.repeat(19_000)} }`)).toEqual([expect.any(Error)])
})
