import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GraphClient } from './graph-client.ts'
import type { Attempt } from './scenario.ts'
import type { Session } from './session.ts'

/** An attempt with its place in the whole scenario, which makes its id. */
export interface NumberedAttempt extends Attempt {
  readonly index: number
}

/** A lane with its scanner. */
export interface Lane {
  readonly client: GraphClient
  readonly session: Session
  readonly gateId: string
  /** Edition of the event; part of every scanId. */
  readonly edition: number
  /** The lane's attempts, in order of time. */
  readonly attempts: readonly NumberedAttempt[]
  /** How many of them are in the ledger already. */
  readonly done: number
  /** How many of them were made by another device. */
  readonly skipped: number
  /** The code of a person's ticket. */
  readonly codeOf: (person: number) => Promise<string>
  /** When doors opened, in milliseconds since 1970. */
  readonly doorsOpenMs: number
}

interface ScanAnswer {
  readonly recordScan: {
    readonly __typename: string
    readonly retryAfterMs?: number
    readonly message?: string
  }
}

/** Plays a lane: one attempt after the other, each when it is due, each with the device's next number. */
export async function playLane(lane: Lane, signal: AbortSignal): Promise<void> {
  for (const [position, attempt] of lane.attempts.entries()) {
    if (position < lane.done) continue
    const waitMs = lane.doorsOpenMs + attempt.dueMs - Date.now()
    if (waitMs > 0) await sleep(waitMs, undefined, { signal })
    const input = await inputOf(lane, attempt, position)
    await send(lane, input, signal)
    // The answer was lost: the device sends the same attempt again and gets the same answer.
    if (attempt.isRetried) await send(lane, input, signal)
  }
}

async function inputOf(lane: Lane, attempt: NumberedAttempt, position: number) {
  const { person, direction, index } = attempt
  return {
    scanId: `demo-${lane.edition}-${index}`,
    deviceSeq: position - lane.skipped + 1,
    code: person === undefined ? forgedCode(index) : await lane.codeOf(person),
    gateId: lane.gateId,
    direction,
    scannedAt: new Date().toISOString(),
  }
}

function forgedCode(index: number): string {
  return `HC1.forged.${createHash('sha256').update(String(index)).digest('base64url')}`
}

/** Sends an attempt until a final answer came, as a device does. */
async function send(
  lane: Lane,
  input: Awaited<ReturnType<typeof inputOf>>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { recordScan } = await lane.client.ask<ScanAnswer>(
      { name: 'RecordScan', variables: { input }, by: lane.session },
      signal,
    )
    // After a pause of the platform a lane has more to make up for than one scanner may send at once.
    if (recordScan.__typename !== 'RetryLater' && recordScan.__typename !== 'RateLimited') return
    await sleep((recordScan.retryAfterMs ?? 1000) * (0.5 + Math.random()), undefined, { signal })
  }
}
