import { createHash } from 'node:crypto'
import { fail } from '@headcount/errors'
import type { OperationRun, Parameters, Parts, Step } from '../exchange.ts'

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

async function textOf(hash: string, { persisted, metrics }: Parts): Promise<string> {
  const text = await persisted.get(hash)
  metrics.persisted.inc({ result: text === undefined ? 'miss' : 'hit' })
  // Clients look for exactly this message.
  if (text === undefined) throw fail('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
  return text
}

/** Finds the operation by its hash or its text; a document is kept by its hash only once it was found valid. */
export const findOperation: Step<OperationRun> = async (run, parts) => {
  const { parameters } = run
  const generation = parts.generations.current()
  run.generation = generation
  const hash = hashOf(parameters)
  const { query } = parameters
  if (
    hash !== undefined &&
    query !== undefined &&
    createHash('sha256').update(query).digest('hex') !== hash
  ) {
    throw fail('PERSISTED_QUERY_MISMATCH', 'The hash is not the SHA-256 of the document that came with it.')
  }
  const text = query ?? (await textOf(hash ?? '', parts))
  run.operation = generation.operations.find(text, parameters.operationName)
  if (hash !== undefined && query !== undefined) {
    await parts.persisted.set(hash, query)
    parts.metrics.persisted.inc({ result: 'stored' })
  }
}
