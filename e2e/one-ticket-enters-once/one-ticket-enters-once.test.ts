import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAgreement } from '../setup/counts.ts'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { withLedger } from '../setup/ledger.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { attemptOf, type ScanOutcome, scan } from '../setup/scans.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { enrolScanner, openVenue, registerOne, type Scanner } from '../setup/venue.ts'

const GATES = 8
const ATTEMPTS = 100
const RETRIES = 50

inBothModes('one ticket enters once', (services) => {
  const headcount = useHeadcount({ services })
  let graph: Graph
  let tenant: Tenant
  let organiser: Caller

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER'])
    organiser = await tenant.signIn(graph, 'ORGANISER')
  })
  afterAll(() => graph?.close())

  /** An event with a scanner at each gate. */
  async function makeDoors(entryPolicy: 'SINGLE' | 'AFTER_EXIT') {
    const venue = await openVenue(organiser, tenant.organizationId, { gates: GATES, zones: 2, entryPolicy })
    const scanners: Scanner[] = []
    for (const gateId of venue.gateIds) {
      scanners.push(await enrolScanner(graph, organiser, { ...venue, gateIds: [gateId] }))
    }
    return { venue, scanners }
  }

  test.each(['SINGLE', 'AFTER_EXIT'] as const)(
    `${ATTEMPTS} attempts of one code at ${GATES} gates at once (%s): one is admitted, the others name that first admission`,
    async (entryPolicy) => {
      const { venue, scanners } = await makeDoors(entryPolicy)
      const { code, ticketId } = await registerOne(organiser, venue)
      const outcomes = await Promise.all(
        Array.from({ length: ATTEMPTS }, async (_, index) => {
          const gate = index % GATES
          const deviceSeq = Math.floor(index / GATES) + 1
          const attempt = attemptOf(code, venue.gateIds[gate] ?? '', { deviceSeq })
          return { gate, outcome: await scan(scanners[gate] ?? organiser, attempt) }
        }),
      )
      const admitted = outcomes.filter(({ outcome }) => outcome.__typename === 'ScanAdmitted')
      const refused = outcomes.filter(({ outcome }) => outcome.reason === 'ALREADY_INSIDE')
      expect([admitted.length, refused.length]).toEqual([1, ATTEMPTS - 1])
      const [{ gate, outcome: first }] = admitted as [{ gate: number; outcome: ScanOutcome }]
      expect(first).toMatchObject({ credentialId: ticketId, replayed: false })
      for (const { outcome } of refused) {
        expect(outcome.firstAdmission).toEqual({
          at: first.scan?.effectiveAt,
          gate: { id: venue.gateIds[gate] },
          device: { id: scanners[gate]?.deviceId },
        })
      }
      const numbers = outcomes.map(({ outcome }) => outcome.scan?.ledgerSeq)
      expect(new Set(numbers).size).toBe(ATTEMPTS)
      const ledger = await expectAgreement(headcount.now, organiser, venue.eventId)
      expect(ledger).toMatchObject({ inside: 1, admitted: 1 })
    },
  )

  test(`one attempt that arrives ${RETRIES} times at once is one row, and ${RETRIES - 1} answers are the first one again`, async () => {
    const { venue, scanners } = await makeDoors('AFTER_EXIT')
    const { code } = await registerOne(organiser, venue)
    const [scanner] = scanners as [Scanner]
    const attempt = attemptOf(code, venue.gateIds[0] ?? '', { deviceSeq: 1 })
    const outcomes = await Promise.all(Array.from({ length: RETRIES }, () => scan(scanner, attempt)))
    expect(outcomes.every(({ __typename }) => __typename === 'ScanAdmitted')).toBe(true)
    expect(outcomes.filter(({ replayed }) => replayed)).toHaveLength(RETRIES - 1)
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome.scan))).size).toBe(1)
    const rows = await withLedger(headcount.now, (sql) =>
      sql.query('SELECT ledger_seq FROM ledger WHERE scan_id = $1', [attempt.scanId]),
    )
    expect(rows).toHaveLength(1)
    const ledger = await expectAgreement(headcount.now, organiser, venue.eventId)
    expect(ledger).toMatchObject({ inside: 1, admitted: 1 })
  })

  test('the same scanId with another code, gate or direction is an IdempotencyConflict and changes nothing', async () => {
    const { venue } = await makeDoors('AFTER_EXIT')
    const [first, second] = [await registerOne(organiser, venue), await registerOne(organiser, venue)]
    const [gateId = '', otherGateId = ''] = venue.gateIds
    const scanner = await enrolScanner(graph, organiser, venue)
    const attempt = attemptOf(first.code, gateId, { deviceSeq: 1 })
    await scan(scanner, attempt)
    const before = await expectAgreement(headcount.now, organiser, venue.eventId)
    for (const change of [{ code: second.code }, { gateId: otherGateId }, { direction: 'EXIT' }]) {
      expect((await scan(scanner, { ...attempt, ...change })).__typename).toBe('IdempotencyConflict')
    }
    expect(await expectAgreement(headcount.now, organiser, venue.eventId)).toEqual(before)
  })
})
