import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAgreement } from '../setup/counts.ts'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { withLedger } from '../setup/ledger.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { canSeeProcesses } from '../setup/processes.ts'
import { startHeadcount, untilReady } from '../setup/start-headcount.ts'
import { expectRecorded, startTraffic, type Traffic } from '../setup/traffic.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { openLanes, openVenue, type Venue } from '../setup/venue.ts'

const LANES = 6
const PEOPLE = 20
/** Answers to wait for before and after each kill. */
const ANSWERS = 150

inBothModes('a kill loses nothing', (services) => {
  const headcount = useHeadcount({ services, databases: 'embedded' })
  let graph: Graph
  let tenant: Tenant
  let organiser: Caller

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER'])
    organiser = await tenant.signIn(graph, 'ORGANISER')
  })
  afterAll(() => graph?.close())

  async function openTraffic(): Promise<{ venue: Venue; traffic: Traffic }> {
    const venue = await openVenue(organiser, tenant.organizationId, { gates: LANES, zones: 2 })
    const traffic = startTraffic(await openLanes(graph, organiser, { venue, people: PEOPLE }))
    await traffic.answered(ANSWERS)
    return { venue, traffic }
  }

  async function expectNothingLost({ eventId }: Venue, { acknowledged }: Traffic): Promise<void> {
    await withLedger(headcount.now, (sql) => expectRecorded(sql, eventId, acknowledged))
    const ledger = await expectAgreement(headcount.now, organiser, eventId)
    expect(ledger.admitted).toBeGreaterThan(0)
  }

  const pidsOf = (part: string) =>
    headcount.now.home
      .processes()
      .filter(({ command }) => command.includes(part))
      .map(({ pid }) => pid)

  test('kill −9 of the platform while scans arrive, and a start on the same data: every acknowledged scan is there once', async () => {
    const { venue, traffic } = await openTraffic()
    for (const round of ['first', 'second']) {
      const { home, port } = headcount.now
      await headcount.now.kill()
      if (canSeeProcesses) expect(pidsOf('postgres').length, round).toBeGreaterThan(0)
      headcount.replace(await startHeadcount({ home, services, port }))
      expect(headcount.now.output()).toContain('embedded Postgres found running')
      await traffic.answered(ANSWERS)
    }
    await traffic.finish()
    await expectNothingLost(venue, traffic)
  })

  // In one process there is nothing else to kill.
  if (services === 'all-in-one' || !canSeeProcesses) return

  test.each(['gates', 'participants', 'analytics', 'events'])(
    'kill −9 of %s while scans arrive: it is started again, and every acknowledged scan is there once',
    async (service) => {
      const { venue, traffic } = await openTraffic()
      const [pid = 0] = pidsOf(`subgraphs/${service}/`)
      process.kill(pid, 'SIGKILL')
      const isBack = () => pidsOf(`subgraphs/${service}/`).some((next) => next !== pid)
      await expect.poll(isBack, { timeout: 30_000 }).toBe(true)
      await traffic.answered(ANSWERS)
      await untilReady(headcount.now)
      await traffic.finish()
      await expectNothingLost(venue, traffic)
    },
  )
})
