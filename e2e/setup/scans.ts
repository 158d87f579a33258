import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from './graph.ts'
import { mutationOf } from './graph.ts'

/** What a test reads of the answer to an attempt. */
export interface ScanOutcome {
  readonly __typename: string
  readonly message?: string
  readonly replayed?: boolean
  readonly reason?: string
  readonly credentialId?: string
  readonly firstAdmission?: {
    readonly at: string
    readonly gate: { readonly id: string }
    readonly device: { readonly id: string } | null
  } | null
  readonly scan?: {
    readonly id: string
    readonly scanId: string
    readonly ledgerSeq: number
    readonly effectiveAt: string
  }
}

/** The selection that {@link ScanOutcome} shows. */
export const SCAN = `
  ... on ScanAdmitted { replayed credentialId scan { id scanId ledgerSeq effectiveAt } }
  ... on ScanRejected { replayed reason firstAdmission { at gate { id } device { id } } scan { id scanId ledgerSeq effectiveAt } }`

/** An attempt of an entry now, under an id of its own; `more` says what is different. */
export function attemptOf(code: string, gateId: string, more: object = {}) {
  return {
    scanId: randomUUID(),
    code,
    gateId,
    direction: 'ENTRY',
    scannedAt: new Date().toISOString(),
    ...more,
  }
}

/** One attempt, asked once. */
export function scan(caller: Caller, input: object): Promise<ScanOutcome> {
  return caller.attempt<ScanOutcome>('recordScan', input, SCAN)
}

const PAUSE_MS = 50
/** Names of answers after which nothing was done: the same is to be sent again. */
export const later: ReadonlySet<string> = new Set(['RetryLater', 'RateLimited'])
const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'NOT_READY', 'DEADLINE_EXCEEDED'])
const QUERY = mutationOf('recordScan', SCAN)

/**
 * One attempt as a scanner makes it: the same again until a final answer came. Answers undefined when `isOver` says
 * that there is no use in going on. @throws Error for an answer that will not pass by itself
 */
export async function scanUntilAnswered(
  caller: Caller,
  input: object,
  isOver: () => boolean = () => false,
): Promise<ScanOutcome | undefined> {
  while (!isOver()) {
    const answer = await caller
      .send<{ recordScan: ScanOutcome | null }>(QUERY, { input })
      .catch(() => undefined)
    const outcome = answer?.data?.recordScan
    if (outcome && !later.has(outcome.__typename)) return outcome
    const code = answer?.errors?.[0]?.extensions?.code ?? ''
    if (answer?.errors && !PASSING.has(code)) throw new Error(`An attempt was refused: ${answer.text}`)
    await sleep(PAUSE_MS)
  }
  return undefined
}
