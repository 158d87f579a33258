import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startValkey } from '@headcount/servers'
import { freePort, serversOrSkip, titled } from '@headcount/servers/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { occupancyOf } from '../setup/counts.ts'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { makeTenant, type Tokens } from '../setup/people.ts'
import { canSeeProcesses } from '../setup/processes.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { type Lane, startTraffic, type Traffic } from '../setup/traffic.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { openLanes, openVenue, registerOne, type Venue } from '../setup/venue.ts'
import { type Dashboard, watchByEvents, watchBySocket } from './dashboard.ts'

const missing = (await serversOrSkip()) ?? (canSeeProcesses ? undefined : 'processes are looked at by /proc')
const ROLES = ['ORGANISER', 'ANALYST', 'GATE_SUPERVISOR'] as const
/** From the return of what was away, until every dashboard must be right. */
const RIGHT_WITHIN_MS = 5000
/** A publication that waits for Redis is given up after a second: what is to die before it must die sooner. */
const BEFORE_PUBLICATION_MS = 700
const CUT_MS = 30_000
const SCANS_WHILE_CUT = 2000
const SCANS_AROUND_FAULT = 100
const WORKERS = 2
/** So many that each process gets some. */
const ASKED_AT_ONCE = 16
const GATES = 2
const PEOPLE = 25
const redisPort = await freePort()
// Not one that the system chooses: when all processes at it are killed, the next ones must be at the same.
const port = await freePort()

describe.skipIf(missing !== undefined)(titled('live counts survive faults', missing), () => {
  let folder: string
  let valkey: Awaited<ReturnType<typeof startValkey>>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headcount-live-'))
    valkey = await startValkey({ directory: folder, port: redisPort })
  })
  afterAll(async () => {
    await valkey?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const environment = { REDIS_URL: `redis://127.0.0.1:${redisPort}`, HEADCOUNT_GATES_DEVICE_BUDGET: '0' }
  const headcount = useHeadcount({ services: 'separate', workers: WORKERS, port, environment })
  let graph: Graph
  let people: Map<(typeof ROLES)[number], Caller & Tokens>
  let organizationId: string
  let venue: Venue
  /** Scanners for the tests that need some, each with its own. */
  const lanes: Lane[][] = []
  let dashboards: Dashboard[]
  let cut: Awaited<ReturnType<typeof beginCut>>
  const opened: Dashboard[] = []

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    const tenant = await makeTenant(headcount.now, ROLES)
    organizationId = tenant.organizationId
    people = new Map()
    for (const role of ROLES) people.set(role, await tenant.signIn(graph, role))
    venue = await openVenue(as('ORGANISER'), organizationId, { gates: GATES })
    for (let test = 0; test < 2; test++)
      lanes.push(await openLanes(graph, as('ORGANISER'), { venue, people: PEOPLE }))
    dashboards = await watch(venue)
    cut = await beginCut()
  }, 120_000)

  afterAll(async () => {
    await cut?.traffic.abandon().catch(() => undefined)
    await Promise.all(opened.map((dashboard) => dashboard.close()))
    await graph?.close()
  })

  function as(role: (typeof ROLES)[number]): Caller & Tokens {
    const person = people.get(role)
    if (!person) throw new Error(`Nobody is signed in as ${role}.`)
    return person
  }

  /** Dashboards of all roles, each with a token of its own, over both transports, that have their first count. */
  async function watch({ eventId }: Venue): Promise<Dashboard[]> {
    const { url } = headcount.now
    const all = ROLES.flatMap((role) => {
      const options = { url, token: as(role).accessToken, eventId, name: role }
      return [watchBySocket(options), watchByEvents(options)]
    })
    opened.push(...all)
    const haveFirst = () => expect(all.filter(({ counts }) => counts.length === 0)).toEqual([])
    await vi.waitFor(haveFirst, { timeout: 15_000 })
    return all
  }

  /** An event whose dashboards are cut off while it is scanned at, during all that the other tests do. */
  async function beginCut() {
    const event = await openVenue(as('ORGANISER'), organizationId, { gates: GATES })
    const scanners = await openLanes(graph, as('ORGANISER'), { venue: event, people: PEOPLE })
    const away = await watch(event)
    for (const dashboard of away) dashboard.cut()
    const before = away.map(({ counts }) => counts.at(-1)?.seq ?? 0)
    const traffic = startTraffic(scanners)
    const scanned = enough(traffic)
    // Awaited by the last test; until then a failure must not end the test run.
    scanned.catch(() => undefined)
    return { event, away, before, atMs: Date.now(), traffic, scanned }
  }

  async function enough(traffic: Traffic): Promise<void> {
    while (traffic.acknowledged.length < SCANS_WHILE_CUT) await sleep(20)
    await traffic.finish()
  }

  /** Every dashboard shows what `occupancy` says, within 5 s from `sinceMs` on, and none ever went back. */
  async function expectAllRight(
    all: readonly Dashboard[],
    { eventId, sinceMs }: { eventId: string; sinceMs: number },
  ): Promise<void> {
    const { seq, inside, admitted } = await occupancyOf(as('ORGANISER'), eventId)
    const wrong = () =>
      all
        .map(({ name, counts }) => ({ name, ...counts.at(-1) }))
        .filter((shown) => shown.seq !== seq || shown.inside !== inside || shown.admitted !== admitted)
    const leftMs = RIGHT_WITHIN_MS - (Date.now() - sinceMs)
    await expect.poll(wrong, { timeout: Math.max(leftMs, 0), interval: 20 }).toEqual([])
    for (const { counts, name } of all) {
      const seqs = counts.map((count) => count.seq)
      expect(seqs, name).toEqual(seqs.toSorted((a, b) => a - b))
    }
  }

  const gatesProcess = () =>
    headcount.now.home.processes().find(({ command }) => command.includes('subgraphs/gates/'))?.pid
  const workers = () =>
    headcount.now.home
      .processes()
      .filter(({ pid, command }) => command.includes('platform/src/main.ts up') && pid !== headcount.now.pid)
      .map(({ pid }) => pid)

  /** Resolves when gates answers through each process of the gateway; says since when it does through one. */
  async function untilBack(): Promise<number> {
    const asked = () => occupancyOf(as('ORGANISER'), venue.eventId)
    await vi.waitFor(asked, { timeout: 60_000, interval: 20 })
    const sinceMs = Date.now()
    // The breaker of another process may be open for up to a second more.
    await vi.waitFor(() => Promise.all(Array.from({ length: ASKED_AT_ONCE }, asked)), { timeout: 5000 })
    return sinceMs
  }

  /** People scan, of whom some have been scanned already. */
  async function begin(lanes: readonly Lane[] = []): Promise<Traffic> {
    const traffic = startTraffic(lanes)
    await traffic.answered(SCANS_AROUND_FAULT)
    return traffic
  }

  test('gates is killed between the commit of the last scan of a quiet event and its publication: the next one tells it', async () => {
    const { eventId, gateIds } = venue
    const supervisor = as('GATE_SUPERVISOR')
    const { code } = await registerOne(as('ORGANISER'), venue)
    await expectAllRight(dashboards, { eventId, sinceMs: Date.now() })
    const killed = gatesProcess() ?? 0
    // Gates asks Redis who listens before it publishes: while Redis stands still, nothing is on its way.
    process.kill(-valkey.pid, 'SIGSTOP')
    const stoppedAtMs = Date.now()
    const outcome = await scan(supervisor, attemptOf(code, gateIds[0] ?? ''))
    process.kill(killed, 'SIGKILL')
    expect(Date.now() - stoppedAtMs).toBeLessThan(BEFORE_PUBLICATION_MS)
    process.kill(-valkey.pid, 'SIGCONT')
    expect(outcome.__typename).toBe('ScanAdmitted')
    const seq = outcome.scan?.ledgerSeq ?? Number.NaN
    // The fault is real: while gates is away nobody knows.
    await sleep(100)
    expect(gatesProcess()).not.toBe(killed)
    for (const { counts, name } of dashboards) expect(counts.at(-1)?.seq, name).toBeLessThan(seq)
    const sinceMs = await untilBack()
    expect((await occupancyOf(supervisor, eventId)).seq).toBe(seq)
    await expectAllRight(dashboards, { eventId, sinceMs })
  })

  test('Redis is killed while people scan, and started after the last scan: every dashboard ends on the right number', async () => {
    const traffic = await begin(lanes[0])
    process.kill(-valkey.pid, 'SIGKILL')
    await traffic.answered(SCANS_AROUND_FAULT)
    await traffic.finish()
    const { eventId } = venue
    const { seq } = await occupancyOf(as('ORGANISER'), eventId)
    for (const { counts, name } of dashboards) expect(counts.at(-1)?.seq, name).toBeLessThan(seq)
    valkey = await startValkey({ directory: folder, port: redisPort })
    await expectAllRight(dashboards, { eventId, sinceMs: Date.now() })
  })

  test('all processes of the gateway are killed while people scan: every dashboard comes back and ends on the right number', async () => {
    const traffic = await begin(lanes[1])
    const before = dashboards.map((dashboard) => dashboard.connections())
    const killed = workers()
    expect(killed).toHaveLength(WORKERS)
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    const sinceMs = await untilBack()
    await traffic.answered(SCANS_AROUND_FAULT)
    await traffic.finish()
    await expectAllRight(dashboards, { eventId: venue.eventId, sinceMs: Math.max(sinceMs, Date.now()) })
    dashboards.forEach((dashboard, index) => {
      expect(dashboard.connections(), dashboard.name).toBeGreaterThan(before[index] ?? 0)
    })
  })

  test(`sockets cut for 30 s while ${SCANS_WHILE_CUT} scans are made: they go on with the newest count and nothing older`, async () => {
    const { away, before, scanned, event, atMs } = cut
    await scanned
    await sleep(Math.max(0, CUT_MS - (Date.now() - atMs)))
    away.forEach(({ counts, name }, index) => {
      expect(counts.at(-1)?.seq, name).toBe(before[index])
    })
    const had = away.map(({ counts }) => counts.length)
    const sinceMs = Date.now()
    for (const dashboard of away) dashboard.mend()
    await expectAllRight(away, { eventId: event.eventId, sinceMs })
    const { seq } = await occupancyOf(as('ORGANISER'), event.eventId)
    away.forEach(({ counts, name }, index) => {
      // A count is a state: all that was missed is in the first one that comes.
      const shown = counts.slice(had[index]).map((count) => count.seq)
      expect(new Set(shown), name).toEqual(new Set([seq]))
    })
  })
})
