import { hasScope, type Viewer } from '@headcount/access'
import {
  fieldChecks,
  forbidden,
  idempotencyConflict,
  type ValidationError,
  validationError,
} from '@headcount/errors'
import type { Parts } from '@headcount/service'
import { hashTicketCode } from '@headcount/ticket-code'
import type { RecordScanInput } from '../generated/resolvers.ts'
import type { EventKey } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Askable, Attempt, CodeWord } from './attempt.ts'
import { type BatchChange, type Decision, decideBatch } from './decide-batch.ts'
import type { Learner } from './learn.ts'
import type { OccupancyPublisher } from './publish-occupancy.ts'
import { createScanQueue } from './scan-queue.ts'
import { scanState } from './scan-state.ts'

/** A recorded attempt, with what its answer shows of other things. */
export type RecordedScan = Extract<Decision, { kind: 'recorded' }>

/** What a recorder needs. */
export interface ScanRecorderOptions {
  readonly store: Store
  readonly learner: Learner
  readonly publisher: OccupancyPublisher
  readonly log: Parts['log']
  readonly now: () => Date
  /** Whether a service whose word scans rely on has not been heard for too long. */
  readonly isDegraded: () => boolean
  readonly limits: {
    readonly maximumBatch: number
    readonly maximumWaiting: number
    readonly concurrency: number
  }
}

/** Records attempts at gates. */
export interface ScanRecorder {
  /** Records one attempt and decides it; or says why there is nothing to record. */
  record(viewer: Viewer, input: RecordScanInput): Promise<RecordedScan | NotRecorded>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

const RETRY_AFTER_MS = 500
const EARLIEST_MS = Date.parse('1900-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-01-01T00:00:00Z')

type NotRecorded =
  | Exclude<ReturnType<typeof retryLater | typeof forbidden | typeof idempotencyConflict>, undefined>
  | ValidationError

/** Makes the recorder of a process. It keeps nothing of an event but what waits to be decided. */
export function createScanRecorder(options: ScanRecorderOptions): ScanRecorder {
  const { store, now, limits } = options
  const queue = createScanQueue<Attempt, Decision>({
    ...limits,
    run: (eventId, attempts) => decideTogether(options, eventId, attempts),
  })
  const eventOf = createGateIndex(store)
  return {
    async record(viewer, input) {
      const receivedAt = now()
      const problem = checkInput(viewer, input)
      if (problem) return problem
      if (input.override && !hasScope(viewer.scopes, 'scan:override'))
        return forbidden('An override needs the scope scan:override.')
      const eventId = await eventOf(viewer.organizationId, input.gateId)
      if (eventId === undefined)
        return validationError({ path: 'gateId', message: `There is no gate "${input.gateId}".` })
      let attempt = attemptOf(viewer, input, { eventId, receivedAt })
      for (;;) {
        const waiting = queue.submit(eventId, attempt)
        if (!waiting) return retryLater()
        const decision = await waiting
        if (decision.kind === 'recorded') return decision
        if (decision.kind === 'idempotencyConflict')
          return idempotencyConflict(
            `scanId "${input.scanId}" was used for another code, gate or direction; a new attempt takes a new one.`,
          )
        attempt = await learn(options.learner, attempt, decision.lacking)
      }
    },
    idle: () => queue.idle(),
  }
}

/** One batch: one transaction, then what follows from it. */
async function decideTogether(
  options: ScanRecorderOptions,
  eventId: string,
  attempts: readonly Attempt[],
): Promise<readonly Decision[]> {
  const { store, publisher, log, isDegraded } = options
  const { organizationId } = attempts[0] ?? { organizationId: '' }
  const isDegradedNow = isDegraded()
  const { decisions, change } = await store.recordBatch({ organizationId, eventId }, attempts, (facts) =>
    decideBatch(scanState(facts), attempts, isDegradedNow),
  )
  if (change.scans.length > 0) publisher.changed(eventId)
  report(change, log)
  return decisions
}

function report({ reusedDeviceSeqs, unconfirmed }: BatchChange, log: Parts['log']): void {
  for (const { scan, usedBy } of reusedDeviceSeqs) {
    const { deviceId, deviceSeq, scanId, eventId } = scan
    log.warn({ deviceId, deviceSeq, scanId, usedBy, eventId }, 'a device used one number for two attempts')
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

function checkInput(viewer: Viewer, input: RecordScanInput): ValidationError | undefined {
  const checks = fieldChecks()
  const { scanId, deviceSeq, code, override } = input
  const atMs = input.scannedAt.getTime()
  checks.text('scanId', scanId, { minimum: 1, maximum: 100 })
  checks.that(
    code.length > 0 && code.length <= 1024,
    'code',
    `code takes 1 to 1,024 characters; it has ${code.length}.`,
  )
  checks.that(
    atMs >= EARLIEST_MS && atMs < LATEST_MS,
    'scannedAt',
    'scannedAt takes a time from 1900 to 9998.',
  )
  if (override) checks.text('override.reason', override.reason, { minimum: 1, maximum: 500 })
  if (viewer.kind === 'device') {
    const isNumber = deviceSeq != null && deviceSeq >= 1
    checks.that(isNumber, 'deviceSeq', 'A device gives each attempt its own number: 1, 2, 3 and so on.')
  } else {
    checks.that(deviceSeq == null, 'deviceSeq', 'deviceSeq is for devices; leave it out when a person scans.')
  }
  return checks.problem()
}

function attemptOf(
  viewer: Viewer,
  input: RecordScanInput,
  { eventId, receivedAt }: { eventId: string; receivedAt: Date },
): Attempt {
  return {
    scanId: input.scanId,
    organizationId: viewer.organizationId,
    eventId,
    gateId: input.gateId,
    actor: { kind: viewer.kind, id: viewer.id },
    deviceSeq: input.deviceSeq ?? null,
    direction: input.direction,
    code: input.code,
    codeHash: hashTicketCode(input.code),
    scannedAt: input.scannedAt,
    receivedAt,
    overrideReason: input.override?.reason.trim() ?? null,
    asked: new Set(),
    codeWord: undefined,
  }
}

function retryLater() {
  return {
    __typename: 'RetryLater' as const,
    message: 'Too many attempts wait at this event; nothing was recorded. Send the same attempt again.',
    retryAfterMs: RETRY_AFTER_MS,
  }
}

const MAXIMUM_GATES = 10_000

/** Tells a gate's event. A gate never changes its event and is never removed, so this may be remembered. */
function createGateIndex(store: Store) {
  const known = new Map<string, EventKey>()
  return async (organizationId: string, gateId: string): Promise<string | undefined> => {
    let key = known.get(gateId)
    if (!key) {
      const [gate] = await store.gatesById(organizationId, [gateId])
      if (!gate) return undefined
      key = { organizationId: gate.organizationId, eventId: gate.eventId }
      if (known.size >= MAXIMUM_GATES) known.clear()
      known.set(gateId, key)
    }
    return key.organizationId === organizationId ? key.eventId : undefined
  }
}
