import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { enrolScanner, openVenue, registerOne } from '../setup/venue.ts'

// Between processes a round takes three times as long; what could refuse it would do so in the first ones.
const TIMES = { 'all-in-one': 200, separate: 20 }

inBothModes('a gate that was made a moment ago scans', (services) => {
  const times = TIMES[services]
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

  test(`event, gate, scanner, registration and scan in one go without a pause, ${times} times: no refusal`, async () => {
    const outcomes: Record<string, number> = {}
    for (let round = 0; round < times; round++) {
      const venue = await openVenue(organiser, tenant.organizationId)
      const scanner = await enrolScanner(graph, organiser, venue)
      const { code } = await registerOne(organiser, venue)
      const [gateId = ''] = venue.gateIds
      const { __typename, reason = '' } = await scan(scanner, attemptOf(code, gateId, { deviceSeq: 1 }))
      const what = `${__typename} ${reason}`.trim()
      outcomes[what] = (outcomes[what] ?? 0) + 1
    }
    expect(outcomes).toEqual({ ScanAdmitted: times })
    expect(headcount.now.errors()).toEqual([])
  })
})
