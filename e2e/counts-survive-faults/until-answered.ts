import { setTimeout as sleep } from 'node:timers/promises'
import { type Caller, mutationOf } from '../setup/graph.ts'
import { later } from '../setup/scans.ts'
import type { Journal } from './journal.ts'

const PAUSE_MS = 100
const LONGEST_MS = 90_000

/** What is asked. */
export interface Question {
  readonly field: string
  readonly input: object
  readonly selection?: string
  /** A whole document, where the result is no union. */
  readonly document?: string
}

/** Asks once. Undefined where the answer is lost or not final; what it was stands in the journal. */
export async function askOnce<Answer extends object>(
  caller: Caller,
  { field, input, selection = '', document = mutationOf(field, selection) }: Question,
  journal: Pick<Journal, 'passing'>,
): Promise<Answer | undefined> {
  const note = (what: string) => void journal.passing.set(what, (journal.passing.get(what) ?? 0) + 1)
  try {
    const { data, errors, status } = await caller.send<Record<string, Answer | null>>(document, { input })
    const answer = data?.[field]
    const word = (answer as { __typename?: string } | null | undefined)?.__typename
    // One with errors lacks something: what it says is recorded, and the same again brings the whole.
    if (answer && !errors && !later.has(word ?? '')) return answer
    note(errors?.[0]?.extensions?.code ?? word ?? `status ${status}`)
  } catch {
    note('no answer')
  }
  return undefined
}

/**
 * Asks the same again and again until a final answer comes. `isGivenUp` is looked at after each answer that is none.
 * @throws Error where none comes for too long
 */
export async function untilAnswered<Answer extends object>(
  caller: Caller,
  question: Question,
  { journal, isGivenUp = () => false }: { journal: Journal; isGivenUp?: (tries: number) => boolean },
): Promise<Answer | undefined> {
  const until = performance.now() + LONGEST_MS
  for (let tries = 1; performance.now() < until; tries++) {
    const answer = await askOnce<Answer>(caller, question, journal)
    if (answer) return answer
    if (isGivenUp(tries)) return undefined
    await sleep(PAUSE_MS)
  }
  throw new Error(`${question.field} got no final answer within ${LONGEST_MS / 1000} s.`)
}
