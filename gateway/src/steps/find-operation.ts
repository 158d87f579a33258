import { createHash } from 'node:crypto'
import { fail } from '@headcount/errors'
import type { OperationRun, Parts, Step } from '../exchange.ts'
import { type DocumentName, nameOf, unknownDocument } from '../operations/trusted/document-name.ts'
import { need } from './need.ts'

/** A document that is not known and may not be registered either: clients look for exactly this, and send documents alone from then on. */
function notSupported() {
  return fail('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
}

function findByHash(
  run: OperationRun,
  parts: Parts,
  of: { name: DocumentName; text: string | undefined },
): void {
  const { name, text } = of
  parts.metrics.persisted.add(text === undefined ? 'miss' : 'hit')
  if (text !== undefined) findUntrusted(run, parts, text)
  else throw parts.isRegisteringAllowed || !name.isApollo ? unknownDocument(name) : notSupported()
}

/** Keeps a document by its hash, once it was found valid. */
async function register(
  run: OperationRun,
  parts: Parts,
  { value: hash, isApollo }: DocumentName,
): Promise<void> {
  if (!parts.isRegisteringAllowed && isApollo) throw notSupported()
  const text = run.parameters.query ?? ''
  if (createHash('sha256').update(text).digest('hex') !== hash) {
    throw fail('PERSISTED_QUERY_MISMATCH', 'The hash is not the SHA-256 of the document that came with it.')
  }
  findUntrusted(run, parts, text)
  if (!parts.isRegisteringAllowed) return
  await parts.persisted.set(hash, text)
  parts.metrics.persisted.add('stored')
}

function find(run: OperationRun, text: string): void {
  run.text = text
  run.operation = need(run.generation).operations.find(text, run.parameters.operationName)
}

/** A gateway that runs trusted documents alone has said no before. */
function findUntrusted(run: OperationRun, parts: Parts, text: string): void {
  find(run, text)
  parts.trust?.noticeUntrusted(run)
}

/**
 * Finds the operation by what names its document, or by the text: the one door for HTTP, batches, WebSockets and event
 * streams. Hot path: one that is known by its text is found at once.
 */
export const findOperation: Step<OperationRun> = (run, parts) => {
  const { parameters } = run
  run.generation = parts.generations.current()
  const name = nameOf(parameters)
  const trusted = parts.trust?.find(run, name)
  if (trusted) {
    run.documentId = trusted.id
    return find(run, trusted.text)
  }
  if (name === undefined) return findUntrusted(run, parts, parameters.query ?? '')
  if (parameters.query !== undefined) return register(run, parts, name)
  const text = name.kind === 'hash' ? parts.persisted.get(name.value) : undefined
  if (text instanceof Promise) return text.then((found) => findByHash(run, parts, { name, text: found }))
  findByHash(run, parts, { name, text })
}
