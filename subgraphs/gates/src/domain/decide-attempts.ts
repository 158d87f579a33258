import type { Parts } from '@headcount/service'
import type { Store } from '../store/store.ts'
import type { Askable, Attempt, CodeWord } from './attempt.ts'
import { decideBatch } from './decide-batch.ts'
import type { Decision } from './decision.ts'
import type { BatchChange } from './draft.ts'
import { wantedOf } from './facts-wanted.ts'
import { createGateIndex } from './gate-index.ts'
import type { Learner } from './learn.ts'
import type { OccupancyPublisher } from './publish-occupancy.ts'
import { createScanQueue } from './scan-queue.ts'
import { scanState } from './scan-state.ts'

/** What a decider needs. */
export interface DeciderOptions {
  readonly store: Store
  readonly learner: Learner
  readonly publisher: OccupancyPublisher
  readonly log: Parts['log']
  /** Whether a service whose word scans rely on has not been heard for too long. */
  readonly isDegraded: () => boolean
  readonly limits: {
    readonly maximumBatch: number
    readonly maximumWaiting: number
    readonly concurrency: number
  }
}

/** What becomes of an attempt. */
export type Final =
  | Extract<Decision, { kind: 'recorded' | 'idempotencyConflict' }>
  /** Too many wait at its event; nothing was recorded. */
  | { readonly kind: 'full' }

/** Decides attempts and records them, those of one event together. */
export interface Decider {
  /** Rejects with RowFault where the attempt itself cannot be recorded, with another error where nothing can be. */
  decide(attempt: Attempt): Promise<Final>
  /** The event of a tenant's gate; undefined where there is no such gate. */
  eventOfGate(organizationId: string, gateId: string): Promise<string | undefined>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** Makes the decider of a process. It keeps nothing of an event but what waits to be decided. */
export function createDecider(options: DeciderOptions): Decider {
  const queue = createScanQueue<Attempt, Decision>({
    ...options.limits,
    run: (eventId, attempts) => decideTogether(options, eventId, attempts),
  })
  return {
    eventOfGate: createGateIndex(options.store),
    async decide(first) {
      let attempt = first
      for (;;) {
        const waiting = queue.submit(attempt.eventId, attempt)
        if (!waiting) return { kind: 'full' }
        const decision = await waiting
        if (decision.kind !== 'lacking') return decision
        attempt = await learn(options.learner, attempt, decision.lacking)
      }
    },
    idle: () => queue.idle(),
  }
}

/** One batch: one transaction, then what follows from it. */
async function decideTogether(
  options: DeciderOptions,
  eventId: string,
  attempts: readonly Attempt[],
): Promise<readonly Decision[]> {
  const { store, publisher, log, isDegraded } = options
  const { organizationId } = attempts[0] ?? { organizationId: '' }
  const isDegradedNow = isDegraded()
  const { answer, change } = await store.changeLedger(
    { organizationId, eventId },
    wantedOf(attempts),
    (facts) => {
      const decided = decideBatch(scanState(facts), attempts, isDegradedNow)
      return { answer: decided.decisions, change: decided.change }
    },
  )
  if (change && change.scans.length > 0) {
    publisher.changed(eventId)
    report(change, log)
  }
  return answer
}

function report({ reusedDeviceSeqs, unconfirmed }: BatchChange, log: Parts['log']): void {
  for (const { deviceId, deviceSeq, scanId, eventId } of reusedDeviceSeqs) {
    log.warn({ deviceId, deviceSeq, scanId, eventId }, 'a device used one number for two attempts')
  }
  for (const { scanId, eventId, credentialId } of unconfirmed) {
    log.warn({ scanId, eventId, credentialId }, 'admitted by what the code carries; to be checked')
  }
}

/** Asks for what is lacking and notes that it was asked for. */
async function learn(learner: Learner, attempt: Attempt, lacking: readonly Askable[]): Promise<Attempt> {
  const { organizationId, eventId, actor, code } = attempt
  let codeWord: CodeWord | undefined = attempt.codeWord
  const questions: Record<Askable, () => Promise<unknown>> = {
    event: () => learner.event({ organizationId, eventId }),
    ticketType: () => learner.event({ organizationId, eventId }),
    device: () => learner.device(organizationId, actor.id),
    ticket: async () => {
      codeWord = await learner.code(organizationId, code)
    },
  }
  await Promise.all(lacking.map((what) => questions[what]()))
  return { ...attempt, codeWord, asked: new Set([...attempt.asked, ...lacking]) }
}
