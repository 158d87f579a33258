import { once } from 'node:events'
import { connect } from 'node:net'
import { startCluster } from '@headcount/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { openSql } from '../setup/ledger.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { canSeeProcesses, portsOf } from '../setup/processes.ts'
import { startHeadcount } from '../setup/start-headcount.ts'
import { expectRecorded, startTraffic } from '../setup/traffic.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { openLanes, openVenue } from '../setup/venue.ts'

const LANES = 6
const PEOPLE = 20
const ANSWERS = 100
const STOPS_WITHIN_MS = 20_000

inBothModes('stopping leaves nothing behind', (services) => {
  const headcount = useHeadcount({ services, databases: 'embedded' })
  let graph: Graph
  let tenant: Tenant

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER'])
  })
  afterAll(() => graph?.close())

  const signIn = (): Promise<Caller> => tenant.signIn(graph, 'ORGANISER')

  test.each([
    { how: 'Ctrl-C', signal: 'SIGINT' as const },
    { how: 'SIGTERM', signal: 'SIGTERM' as const },
    { how: 'Ctrl-C where nobody reads its output any more', signal: 'SIGINT' as const, isUnheard: true },
  ])(
    '$how while scans arrive: exit code 0, no process, no open port, and what was recorded was answered',
    async ({ signal, isUnheard }) => {
      const { home, port } = headcount.now
      const organiser = await signIn()
      const venue = await openVenue(organiser, tenant.organizationId, { gates: LANES, zones: 2 })
      const traffic = startTraffic(await openLanes(graph, organiser, { venue, people: PEOPLE }))
      await traffic.answered(ANSWERS)
      const ports = canSeeProcesses ? portsOf(home.processes()) : [port]
      expect(ports).toContain(port)

      const startedAt = performance.now()
      if (isUnheard) headcount.now.deafen()
      headcount.now.signalGroup(signal)
      expect(await headcount.now.ended).toEqual({ code: 0, signal: null })
      expect(performance.now() - startedAt).toBeLessThan(STOPS_WITHIN_MS)
      await traffic.abandon()

      expect(home.processes()).toEqual([])
      for (const one of ports) expect(await isOpen(one), `port ${one}`).toBe(false)
      if (!isUnheard) expect(headcount.now.output().trimEnd().endsWith('Stopped.')).toBe(true)
      expect(headcount.now.errors()).toEqual([])

      const cluster = await startCluster({ dataDirectory: home.dataDirectory })
      try {
        const sql = await openSql(cluster.url('headcount_gates'))
        await expectRecorded(sql, venue.eventId, traffic.acknowledged).finally(() => sql.close())
      } finally {
        await cluster.stop()
      }
      headcount.replace(await startHeadcount({ home, services, port }))
    },
  )
})

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
