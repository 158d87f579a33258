import { expect } from 'vitest'
import type { Sql } from './ledger.ts'
import { attemptOf, type ScanOutcome, scanUntilAnswered } from './scans.ts'
import type { Scanner, Ticket } from './venue.ts'

/** A scanner at a gate, with people of its own. */
export interface Lane {
  readonly scanner: Scanner
  readonly gateId: string
  readonly tickets: readonly Ticket[]
}

/** An attempt that got its final answer. */
export interface Acknowledged {
  readonly deviceId: string
  readonly scanId: string
  readonly outcome: ScanOutcome
}

/** Scans that go on. */
export interface Traffic {
  /** In the order in which the answers came. */
  readonly acknowledged: readonly Acknowledged[]
  /** Resolves when so many more attempts were answered. */
  answered(more: number): Promise<void>
  /** Begins no more attempts; resolves when those under way have their answers. */
  finish(): Promise<void>
  /** Gives up: whatever has no answer now gets none. */
  abandon(): Promise<void>
}

/**
 * Lets scanners scan as fast as they get answers: the people of a lane go in one after the other, then out, then in again.
 * What got no answer is sent again, unchanged, as devices do.
 */
export function startTraffic(lanes: readonly Lane[]): Traffic {
  const acknowledged: Acknowledged[] = []
  let isFinishing = false
  let isAbandoned = false

  async function play({ scanner, gateId, tickets }: Lane): Promise<void> {
    for (let deviceSeq = 1; !isFinishing; deviceSeq++) {
      const turn = deviceSeq - 1
      const ticket = tickets[turn % tickets.length]
      const direction = Math.floor(turn / tickets.length) % 2 === 0 ? 'ENTRY' : 'EXIT'
      const attempt = attemptOf(ticket?.code ?? '', gateId, { direction, deviceSeq })
      const outcome = await scanUntilAnswered(scanner, attempt, () => isAbandoned)
      if (!outcome) return
      acknowledged.push({ deviceId: scanner.deviceId, scanId: attempt.scanId, outcome })
    }
  }

  const running = Promise.all(lanes.map(play))
  // Awaited at the end; until then a failure must not end the test run.
  running.catch(() => {})
  const end = async () => {
    isFinishing = true
    await running
  }
  return {
    acknowledged,
    async answered(more) {
      const wanted = acknowledged.length + more
      await Promise.race([
        expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 20 }).toBeGreaterThan(wanted),
        running.then(() => {
          throw new Error('The traffic has ended.')
        }),
      ])
    },
    finish: end,
    abandon() {
      isAbandoned = true
      return end()
    },
  }
}

interface Row {
  readonly scanId: string
  readonly ledgerSeq: number
  readonly outcome: string
  readonly deviceId: string
  readonly deviceSeq: number
}

/**
 * Proves that the ledger holds what was acknowledged and nothing else: each attempt once, as it was answered, and the
 * numbers of each device without a gap.
 */
export async function expectRecorded(
  sql: Sql,
  eventId: string,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  const rows = await sql.query<Row>(
    `SELECT scan_id AS "scanId", ledger_seq AS "ledgerSeq", outcome, device_id AS "deviceId", device_seq AS "deviceSeq"
     FROM ledger WHERE event_id = $1 AND kind = 'SCAN' ORDER BY scan_id COLLATE "C"`,
    [eventId],
  )
  const told = acknowledged
    .map(({ scanId, outcome }) => ({ scanId, ledgerSeq: outcome.scan?.ledgerSeq, outcome: wordOf(outcome) }))
    .toSorted((a, b) => (a.scanId < b.scanId ? -1 : 1))
  expect(rows.map(({ scanId, ledgerSeq, outcome }) => ({ scanId, ledgerSeq, outcome }))).toEqual(told)
  for (const [deviceId, own] of Map.groupBy(rows, (row) => row.deviceId)) {
    const numbers = own.map(({ deviceSeq }) => deviceSeq).toSorted((a, b) => a - b)
    expect(numbers, deviceId).toEqual(Array.from({ length: own.length }, (_, index) => index + 1))
  }
}

function wordOf({ __typename }: ScanOutcome): string {
  return __typename === 'ScanAdmitted' ? 'ADMITTED' : 'REJECTED'
}
