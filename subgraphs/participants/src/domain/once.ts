import { createHash } from 'node:crypto'
import type { Viewer } from '@headcount/access'
import { idempotencyConflict } from '@headcount/errors'
import type { Answered, Before } from '../store/answers.ts'
import type { Changes } from '../store/changes.ts'
import type { Attempt } from './attempt.ts'
import type { Tools } from './tools.ts'

/** The expected outcome "that key was used for something else". */
export type IdempotencyConflict = ReturnType<typeof idempotencyConflict>

/** What is asked under an idempotency key. */
export interface Asked {
  readonly operation: string
  readonly key: string
  /** The input's fields but the key, in a fixed order. */
  readonly body: readonly (string | null)[]
}

/** The attempt of a viewer. A key belongs to who used it: another caller's same key is another key. */
export function attemptOf(viewer: Viewer, { operation, key, body }: Asked): Attempt {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([operation, ...body]))
    .digest('base64url')
  const principal = `${viewer.kind}:${viewer.id}`
  return { organizationId: viewer.organizationId, principal, key: key.trim(), bodyHash }
}

/** The answer that stands, or the conflict of a key that was used for something else. */
export function answerOf<Result>(
  before: Before<Result>,
  attempt: Attempt,
): Answered<Result | IdempotencyConflict> {
  if (before !== 'other body') return before.answered
  const message = `The key "${attempt.key}" was used within the last 24 hours with another input.`
  return { result: idempotencyConflict(message) }
}

/** Does something once in one transaction, and answers the same again to the same attempt. */
export async function once<Result>(
  { store, now }: Pick<Tools, 'store' | 'now'>,
  attempt: Attempt,
  work: (changes: Changes) => Promise<Answered<Result>>,
): Promise<Answered<Result | IdempotencyConflict>> {
  const [before] = await store.changeOnce([{ attempt }], now(), async (changes) => [await work(changes)])
  if (!before) throw new Error('an attempt was not answered')
  return answerOf(before, attempt)
}
