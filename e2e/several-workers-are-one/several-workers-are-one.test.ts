import { serversOrSkip } from '@headcount/servers/testing'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAgreement } from '../setup/counts.ts'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { withLedger } from '../setup/ledger.ts'
import { type Live, subscribe } from '../setup/live.ts'
import { readMetric } from '../setup/metrics.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { canSeeProcesses, connectionsOf, type PlatformProcess } from '../setup/processes.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { untilReady } from '../setup/start-headcount.ts'
import { expectRecorded, startTraffic } from '../setup/traffic.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { enrolScanner, openLanes, openVenue, registerOne } from '../setup/venue.ts'

const WORKERS = 2
const GATES = 4
const ATTEMPTS = 200
/** Dealt in turn, so that each worker holds some. */
const LISTENERS = 6
const LANES = 6
const PEOPLE = 20
const ANSWERS = 150

const missing = (await serversOrSkip()) ?? (canSeeProcesses ? undefined : 'processes are looked at by /proc')

inBothModes(
  'several workers are one',
  (services) => {
    const headcount = useHeadcount({ services, workers: WORKERS })
    let graph: Graph
    let tenant: Tenant
    let organiser: Caller & { readonly accessToken: string }

    beforeAll(async () => {
      graph = openGraph(headcount.now.url)
      tenant = await makeTenant(headcount.now, ['ORGANISER'])
      organiser = await tenant.signIn(graph, 'ORGANISER')
    })
    afterAll(() => graph?.close())

    const workers = (): PlatformProcess[] =>
      headcount.now.home
        .processes()
        .filter(
          ({ pid, command }) => command.includes('platform/src/main.ts up') && pid !== headcount.now.pid,
        )

    /** How many connections of the public port each worker holds. */
    const spread = () => workers().map((worker) => connectionsOf(worker, headcount.now.port))

    test('they are ready together, and their numbers are one text', async () => {
      const { statusCode, body } = await request(`${headcount.now.url}/health/ready`)
      expect({ statusCode, body: await body.json() }).toMatchObject({
        statusCode: 200,
        body: { notReady: [] },
      })
      expect(workers()).toHaveLength(WORKERS)
      expect(await readMetric(headcount.now.url, 'headcount_gateway_workers ')).toEqual({ '': WORKERS })
      // Those of the services are in it.
      expect(Object.keys(await readMetric(headcount.now.url, 'headcount_outbox_pending{'))).toHaveLength(4)
    })

    test(`${ATTEMPTS} attempts of one code over connections to both: one is admitted, and the counts are the ledger's`, async () => {
      const venue = await openVenue(organiser, tenant.organizationId, { gates: GATES, zones: 2 })
      const scanners = await Promise.all(
        venue.gateIds.map((gateId) => enrolScanner(graph, organiser, { ...venue, gateIds: [gateId] })),
      )
      const { code } = await registerOne(organiser, venue)
      const outcomes = await Promise.all(
        Array.from({ length: ATTEMPTS }, (_, index) => {
          const deviceSeq = Math.floor(index / GATES) + 1
          const gate = index % GATES
          return scan(scanners[gate] ?? organiser, attemptOf(code, venue.gateIds[gate] ?? '', { deviceSeq }))
        }),
      )
      for (const held of spread()) expect(held).toBeGreaterThan(10)
      const admitted = outcomes.filter(({ __typename }) => __typename === 'ScanAdmitted')
      const refused = outcomes.filter(({ reason }) => reason === 'ALREADY_INSIDE')
      expect([admitted.length, refused.length]).toEqual([1, ATTEMPTS - 1])
      expect(new Set(outcomes.map((outcome) => outcome.scan?.ledgerSeq)).size).toBe(ATTEMPTS)
      const ledger = await expectAgreement(headcount.now, organiser, venue.eventId)
      expect(ledger).toMatchObject({ inside: 1, admitted: 1 })
    })

    test('whoever watches through one worker hears of scans that the other took, and kill −9 of one ends its listeners alone', async () => {
      const { listeners, venue } = await listen()
      const [lane] = await openLanes(graph, organiser, { venue, people: PEOPLE })
      for (const [index, { code }] of (lane?.tickets ?? []).entries()) {
        await scan(lane?.scanner ?? organiser, attemptOf(code, lane?.gateId ?? '', { deviceSeq: index + 1 }))
      }
      for (const listener of listeners) {
        await expect.poll(() => latest(listener)?.inside, { timeout: 10_000 }).toBe(PEOPLE)
        const numbers = listener.messages.map(({ data }) => data?.occupancyChanged.seq ?? -1)
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      }
      const ended = new Set<Live<Counts>>()
      for (const listener of listeners) void listener.ended.then(() => ended.add(listener))
      await killOne()
      // They were dealt in turn, so each worker had half of them.
      await expect.poll(() => ended.size, { timeout: 10_000 }).toBe(LISTENERS / WORKERS)
      await Promise.all(listeners.map((listener) => listener.close()))
    })

    test('kill −9 of one while scans arrive: it is started again, and every acknowledged scan is there once', async () => {
      const venue = await openVenue(organiser, tenant.organizationId, { gates: LANES, zones: 2 })
      const traffic = startTraffic(await openLanes(graph, organiser, { venue, people: PEOPLE }))
      await traffic.answered(ANSWERS)
      await killOne()
      await traffic.answered(ANSWERS)
      await traffic.finish()
      const { eventId } = venue
      await withLedger(headcount.now, (sql) => expectRecorded(sql, eventId, traffic.acknowledged))
      const ledger = await expectAgreement(headcount.now, organiser, eventId)
      expect(ledger.admitted).toBeGreaterThan(0)
    })

    test('Ctrl-C ends all of them', async () => {
      expect(await headcount.now.stop()).toEqual({ code: 0, signal: null })
      expect(headcount.now.home.processes()).toEqual([])
    })

    interface Counts {
      readonly occupancyChanged: { readonly seq: number; readonly inside: number }
    }

    const latest = (listener: Live<Counts>) => listener.messages.at(-1)?.data?.occupancyChanged

    /** Listeners to an event's counts, each over a connection of its own, that have their first value. */
    async function listen() {
      const venue = await openVenue(organiser, tenant.organizationId, { gates: 1 })
      const listeners: Live<Counts>[] = []
      for (let count = 0; count < LISTENERS; count++) {
        const listener = subscribe<Counts>(headcount.now.url, organiser.accessToken, {
          query:
            'subscription ($eventId: ID!) { occupancyChanged(eventId: $eventId, minIntervalMs: 0) { seq inside } }',
          variables: { eventId: venue.eventId },
        })
        // One after the other: a worker that is busy is passed over.
        await expect.poll(() => latest(listener)?.inside, { timeout: 10_000 }).toBe(0)
        listeners.push(listener)
      }
      return { listeners, venue }
    }

    async function killOne(): Promise<void> {
      const before = workers().map(({ pid }) => pid)
      const [killed = 0] = before
      process.kill(killed, 'SIGKILL')
      const isReplaced = () => workers().some(({ pid }) => !before.includes(pid))
      await expect.poll(isReplaced, { timeout: 30_000 }).toBe(true)
      await untilReady(headcount.now)
    }
  },
  missing,
)
