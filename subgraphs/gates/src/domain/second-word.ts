import { createHash } from 'node:crypto'
import { fieldChecks, idempotencyConflict, notFound, type ValidationError } from '@headcount/errors'
import type { Store } from '../store/store.ts'
import type { Bench } from './decision.ts'
import { createDraft } from './draft.ts'
import { type AttemptHead, keyOfScan } from './ledger.ts'
import type { OccupancyPublisher } from './publish-occupancy.ts'
import { type ScanState, scanState } from './scan-state.ts'
import type { Changer } from './upsert-gate.ts'

/** What a person needs to say something about an attempt. */
export interface SecondWordParts {
  readonly store: Store
  readonly publisher: OccupancyPublisher
  readonly now: () => Date
}

/** Checks a person's reason. */
export function checkReason(reason: string, idempotencyKey?: string | null): ValidationError | undefined {
  const checks = fieldChecks()
  checks.text('reason', reason, { minimum: 1, maximum: 500 })
  if (idempotencyKey != null) checks.text('idempotencyKey', idempotencyKey, { minimum: 1, maximum: 100 })
  return checks.problem()
}

/** The tenant's attempt of this name: its global id, or the client's scanId. */
export async function findAttempt(
  store: Store,
  organizationId: string,
  name: string,
): Promise<AttemptHead | undefined> {
  const byClient = await store.attemptHead(organizationId, name)
  if (byClient || !keyOfScan(name)) return byClient
  const [scan] = await store.scansById(organizationId, [name])
  return scan && store.attemptHead(organizationId, scan.scanId)
}

/** The bench of one attempt, with all movements of its credential. */
export function benchOf(facts: Parameters<typeof scanState>[0]): Bench & { state: ScanState } {
  return { state: scanState(facts), draft: createDraft(), isDegraded: false }
}

/** What a second word wants to know under the lock. */
export function wantedOfHead({ scan }: AttemptHead) {
  return {
    ...{ numbers: [], late: [], codeHashes: [scan.codeHash], scanIds: [scan.scanId] },
    ...{ ticketIds: scan.credentialId === null ? [] : [scan.credentialId], movedBy: [scan.scanId] },
  }
}

/** A key of a person, and what was asked under it. */
export interface Keyed {
  readonly organizationId: string
  readonly principal: string
  readonly key: string
  readonly bodyHash: string
}

/** Another call with the same idempotency key was faster. */
export class KeyTaken extends Error {
  constructor(cause: unknown) {
    super('the idempotency key was used meanwhile', { cause })
    this.name = 'KeyTaken'
  }
}

/** What is asked under an idempotency key. */
export function keyedOf({ organizationId, actor }: Changer, key: string, body: readonly unknown[]): Keyed {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('base64url')
  return { organizationId, principal: `${actor.kind}:${actor.id}`, key: key.trim(), bodyHash }
}

/** The conflict of a key that was used for something else. */
export function keyConflict({ key }: Keyed) {
  return idempotencyConflict(`The key "${key}" was used within the last 24 hours with another input.`)
}

/** There is no such attempt. */
export const noAttempt = () => notFound('scan')
