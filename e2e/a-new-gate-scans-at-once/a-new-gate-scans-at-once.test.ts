import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { enrolScanner, openVenue, registerOne } from '../setup/venue.ts'

const TIMES = 200

inBothModes('a gate that was made a moment ago scans', (services) => {
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

  test(`event, gate, scanner, registration and scan in one go without a pause, ${TIMES} times: no refusal`, async () => {
    const outcomes: Record<string, number> = {}
    for (let round = 0; round < TIMES; round++) {
      const venue = await openVenue(organiser, tenant.organizationId)
      // What was made last is what the gates have had the least time to hear of: by turns the ticket and the scanner.
      const isTicketFirst = round % 2 === 1
      const early = isTicketFirst && (await registerOne(organiser, venue))
      const scanner = await enrolScanner(graph, organiser, venue)
      const { code } = early || (await registerOne(organiser, venue))
      const [gateId = ''] = venue.gateIds
      const { __typename, reason = '' } = await scan(scanner, attemptOf(code, gateId, { deviceSeq: 1 }))
      const what = `${__typename} ${reason}`.trim()
      outcomes[what] = (outcomes[what] ?? 0) + 1
    }
    expect(outcomes).toEqual({ ScanAdmitted: TIMES })
    expect(headcount.now.errors()).toEqual([])
  })
})
