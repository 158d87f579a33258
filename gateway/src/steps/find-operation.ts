import { createHash } from 'node:crypto'
import { fail } from '@headcount/errors'
import type { OperationRun, Parameters, Parts, Step } from '../exchange.ts'
import { need } from './need.ts'

const sha256 = /^[0-9a-f]{64}$/

/** The hash that a client names its document by; undefined when it sends the text alone. */
function hashOf({ documentId, extensions }: Parameters): string | undefined {
  if (documentId !== undefined) {
    const hash = documentId.startsWith('sha256:') ? documentId.slice(7) : ''
    if (sha256.test(hash)) return hash
    throw fail('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
  }
  const persisted = extensions?.persistedQuery
  if (persisted === undefined || persisted === null) return undefined
  const { version, sha256Hash } = persisted as Record<string, unknown>
  if (version !== 1) throw fail('PERSISTED_QUERY_MISMATCH', '"persistedQuery.version" must be 1.')
  if (typeof sha256Hash !== 'string' || !sha256.test(sha256Hash)) {
    throw fail(
      'PERSISTED_QUERY_MISMATCH',
      '"persistedQuery.sha256Hash" must be 64 lower-case hexadecimal digits.',
    )
  }
  return sha256Hash
}

function unknownHash(run: OperationRun, parts: Parts): never {
  // Clients look for exactly these messages; after the second they send documents alone from then on.
  if (parts.isRegisteringAllowed || run.parameters.documentId !== undefined) {
    throw fail('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
  }
  throw fail('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
}

function findByHash(run: OperationRun, parts: Parts, text: string | undefined): void {
  parts.metrics.persisted.add(text === undefined ? 'miss' : 'hit')
  if (text === undefined) unknownHash(run, parts)
  find(run, text)
}

/** Keeps a document by its hash, once it was found valid. */
async function register(run: OperationRun, parts: Parts, hash: string): Promise<void> {
  if (!parts.isRegisteringAllowed) unknownHash(run, parts)
  const text = run.parameters.query ?? ''
  if (createHash('sha256').update(text).digest('hex') !== hash) {
    throw fail('PERSISTED_QUERY_MISMATCH', 'The hash is not the SHA-256 of the document that came with it.')
  }
  find(run, text)
  await parts.persisted.set(hash, text)
  parts.metrics.persisted.add('stored')
}

function find(run: OperationRun, text: string): void {
  run.text = text
  run.operation = need(run.generation).operations.find(text, run.parameters.operationName)
}

/** Finds the operation by its hash or its text. Hot path: one that is known by its text is found at once. */
export const findOperation: Step<OperationRun> = (run, parts) => {
  const { parameters } = run
  run.generation = parts.generations.current()
  const hash = hashOf(parameters)
  if (hash === undefined) return find(run, parameters.query ?? '')
  if (parameters.query !== undefined) return register(run, parts, hash)
  const text = parts.persisted.get(hash)
  if (text instanceof Promise) return text.then((found) => findByHash(run, parts, found))
  findByHash(run, parts, text)
}
