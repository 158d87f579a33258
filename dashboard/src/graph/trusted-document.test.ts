import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { documentOf, manifest } from '../../test/manifest.ts'
import * as generated from '../generated/graphql.ts'
import { trustedDocument } from './trusted-document.ts'

const documents = Object.entries<TypedDocumentNode<unknown, never>>(generated)
const api = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'))

describe('the manifest of the pages’ documents', () => {
  it('has each under the SHA-256 of exactly its text', () => {
    for (const [id, text] of Object.entries(manifest)) {
      expect(id).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
    }
  })

  it('has all that the pages ask, and nothing else', () => {
    const ids = documents.map(([, document]) => trustedDocument(document).documentId)
    expect(ids.toSorted()).toEqual(Object.keys(manifest).toSorted())
  })

  it.each(documents)('has %s as a document of its own: one valid operation', (name, document) => {
    const { documentId } = trustedDocument(document)
    const text = documentOf(documentId)
    const operations = text.definitions.filter((one) => one.kind === 'OperationDefinition')
    expect(operations).toMatchObject([{ name: { value: name.replace(/Document$/, '') } }])
    expect(validate(api, text)).toEqual([])
  })
})

describe('trustedDocument', () => {
  it('refuses what codegen did not write, whose text would reach the wire', () => {
    expect(() => trustedDocument(parse('{ me { id } }'))).toThrow('run `pnpm codegen`')
  })
})
