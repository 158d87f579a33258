import { ManualClock } from '@headcount/live-client/testing'
import { type OfflineDecision, openScanQueue, type ScanQueue } from '@headcount/scanner'
import { beforeEach, describe, expect, it } from 'vitest'
import { mapStore, sealingKey } from '../../../test/map-store.ts'
import type { RecordScanInput } from '../../generated/graphql.ts'
import { type AttemptParts, DEADLINE_MS, makeAttempt, type Verdict } from './make-attempt.ts'
import type { ServerWord } from './scan-server.ts'

const presented = { code: 'HC1.k.p.s', gateId: 'gate_1', direction: 'ENTRY' as const }
const admitted: ServerWord = {
  kind: 'admitted',
  gateStatus: 'OPEN_BOTH',
  ticketTypeName: 'Standard',
  conflict: null,
}
const decided = {
  ...{ outcome: 'ADMITTED', reason: null, message: 'Let in.', credentialId: 'tkt_1' },
  ...{ ticketTypeName: 'Standard', isUnlisted: false },
} as unknown as OfflineDecision
const never = new Promise<ServerWord>(() => {})

let clock: ManualClock
let queue: ScanQueue
let sent: RecordScanInput[]
let reached: { isReachable: boolean; afterMs: number }[]
let askedAt: number

beforeEach(async () => {
  clock = new ManualClock()
  queue = await openScanQueue(mapStore(), await sealingKey(), { now: clock.now })
  sent = []
  reached = []
})

/** Makes an attempt and moves the clock on until it is decided. */
async function attempt(
  answers: Answers,
  more: Partial<AttemptParts> = {},
): Promise<{ verdict: Verdict; tookMs: number }> {
  const parts = partsWith(answers, more)
  const from = clock.now()
  let verdict: Verdict | undefined
  void makeAttempt(parts, presented).then((result) => {
    verdict = result
  })
  while (!verdict) await clock.move(10)
  return { verdict, tookMs: clock.now() - from }
}

type Answers = (number: number) => ServerWord | Promise<ServerWord>

function partsWith(answers: Answers, more: Partial<AttemptParts> = {}): AttemptParts {
  return {
    ...{ queue, clock, random: () => 0 },
    record: async (input) => {
      if (sent.length === 0) askedAt = clock.now()
      sent.push(input)
      return answers(sent.length)
    },
    decide: async () => decided,
    isReachable: () => true,
    onReachable: (isReachable) => reached.push({ isReachable, afterMs: clock.now() - askedAt }),
    ...more,
  }
}

const waiting = () => queue.peek(10)

describe('makeAttempt', () => {
  it('shows the platform’s answer, and keeps nothing then', async () => {
    const { verdict } = await attempt(() => admitted)
    expect(verdict).toMatchObject({ kind: 'answered', word: { kind: 'admitted' } })
    expect(await waiting()).toEqual([])
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ ...presented, deviceSeq: 1 })
  })

  it('keeps the attempt, with its number, before it is sent', async () => {
    const sizes: number[] = []
    await attempt(() => {
      sizes.push(queue.size)
      return admitted
    })
    expect(sizes).toEqual([1])
  })

  it('gives each attempt a scanId of its own and the next number', async () => {
    await attempt(() => admitted)
    await attempt(() => admitted)
    expect(sent.map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2])
    expect(new Set(sent.map(({ scanId }) => scanId)).size).toBe(2)
  })

  it('sends the same attempt again when no answer came', async () => {
    const { verdict } = await attempt((number) => (number < 3 ? { kind: 'unreachable' } : admitted))
    expect(verdict.kind).toBe('answered')
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((input) => JSON.stringify(input))).size).toBe(1)
  })

  it('waits as long as the platform asks, and sends the same again', async () => {
    const { verdict, tookMs } = await attempt((number) =>
      number === 1 ? { kind: 'wait', retryAfterMs: 700 } : admitted,
    )
    expect(verdict.kind).toBe('answered')
    expect(tookMs).toBeGreaterThanOrEqual(700)
    expect(sent[1]).toEqual(sent[0])
  })

  it('decides by itself when the answer does not come in time, and keeps what the operator saw', async () => {
    const { verdict } = await attempt(() => never)
    expect(verdict).toMatchObject({ kind: 'alone', decision: { outcome: 'ADMITTED' } })
    expect(reached).toEqual([{ isReachable: false, afterMs: DEADLINE_MS }])
    expect(await waiting()).toMatchObject([
      { scanId: sent[0]?.scanId, deviceSeq: 1, outcome: 'ADMITTED', reason: null },
    ])
  })

  it('keeps its own refusal with the reason', async () => {
    const refused = { ...decided, outcome: 'REJECTED', reason: 'BLOCKED' } as OfflineDecision
    await attempt(() => never, { decide: async () => refused })
    expect(await waiting()).toMatchObject([{ outcome: 'REJECTED', reason: 'BLOCKED' }])
  })

  it('does not make anybody wait while the platform is known to be out of reach', async () => {
    const from = clock.now()
    // The clock stands still: nothing is waited for.
    const verdict = await makeAttempt(
      partsWith(() => admitted, { isReachable: () => false }),
      presented,
    )
    expect(verdict.kind).toBe('alone')
    expect(clock.now()).toBe(from)
    expect(sent).toEqual([])
    expect(await waiting()).toHaveLength(1)
  })

  it('lets nobody in when there is neither an answer nor a list, and says so to the platform later', async () => {
    const { verdict } = await attempt(() => never, { decide: async () => undefined })
    expect(verdict.kind).toBe('unknown')
    expect(await waiting()).toMatchObject([{ outcome: 'REJECTED', reason: null }])
  })

  it('keeps an attempt that was not taken as it is, until an upload has settled its number', async () => {
    const { verdict } = await attempt(() => ({ kind: 'refused', message: 'Another code had this scanId.' }))
    expect(verdict.kind).toBe('answered')
    expect(sent).toHaveLength(1)
    expect(await waiting()).toMatchObject([{ outcome: 'REJECTED' }])
  })

  it('offers no attempt for upload that is still being decided', async () => {
    const seen: number[] = []
    await attempt(async () => {
      seen.push((await queue.peek(10)).length)
      return admitted
    })
    expect(seen).toEqual([0])
  })
})
