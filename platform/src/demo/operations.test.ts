import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { demoDocuments, operationNamed } from './operations.ts'

const schema = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'))

test('each operation of the demo is valid for the graph, alone', () => {
  const documents = demoDocuments()
  expect(documents.length).toBeGreaterThan(10)
  for (const { text, name } of documents) expect(validate(schema, parse(text)), name ?? '').toEqual([])
})

test('what the demo publishes is what it sends', () => {
  for (const { name, text } of demoDocuments()) expect(operationNamed(name ?? '')).toBe(text)
  expect(() => operationNamed('Nothing')).toThrow('The demo has no operation Nothing.')
})
