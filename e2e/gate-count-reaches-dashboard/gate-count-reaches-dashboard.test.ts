import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noBrowserReason, openBrowser } from '../setup/browser.ts'
import { expectAgreement, expectCounts, occupancyOf } from '../setup/counts.ts'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { recount, withLedger } from '../setup/ledger.ts'
import { inBothModes } from '../setup/modes.ts'
import { signIn, type Tokens } from '../setup/people.ts'
import { startHeadcount } from '../setup/start-headcount.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { type Shown, type ShownCount, signInOnPage, watchPage } from './watch-page.ts'

const person = { email: 'organiser@demo.headcount.test', password: 'a word that only tests know' }
const environment = { HEADCOUNT_ACCESS_TOKEN_SECONDS: '5', HEADCOUNT_DEMO_PASSWORD: person.password }
const MOVES_WITHIN_MS = 60_000
/** Long enough for a dozen access tokens; in the second mode for four. */
const WITHOUT_BREAK_MS = { 'all-in-one': 60_000, separate: 20_000 }
/** How long the page must have missed counts to say so. */
const WORTH_SAYING_MS = 3000
const WINDOW_S = 5
const COMPARED = 10

inBothModes(
  'a gate’s count reaches the dashboard',
  (services) => {
    const headcount = useHeadcount({ services, databases: 'embedded', demo: 'simulated', environment })
    let browser: Browser
    let page: Page
    let shown: () => Promise<Shown>
    let graph: Graph
    let eventId: string
    const failures: string[] = []
    let sockets = 0

    beforeAll(async () => {
      graph = openGraph(headcount.now.url)
      browser = await openBrowser()
      page = await browser.newPage()
      page.on('pageerror', (error) => failures.push(error.message))
      page.on('websocket', () => {
        sockets += 1
      })
      shown = await watchPage(page)
    })
    afterAll(async () => {
      await browser?.close()
      await graph?.close()
    })

    // Tokens end after 5 s here: a new one for each look.
    const organiser = (): Promise<Caller & Tokens> => signIn(graph, person.email, person.password)

    test('it is ready by itself', async () => {
      const { statusCode, body } = await request(`${headcount.now.url}/health/ready`)
      expect({ statusCode, body: await body.json() }).toMatchObject({
        statusCode: 200,
        body: { notReady: [] },
      })
      const { expiresAt } = await organiser()
      expect(Date.parse(expiresAt) - Date.now()).toBeLessThan(6000)
    })

    test('within a minute the count moves on the page', async () => {
      await signInOnPage(page, headcount.now.url, person)
      const isMoving = async () => new Set((await shown()).counts.map(({ inside }) => inside)).size > 2
      await expect.poll(isMoving, { timeout: MOVES_WITHIN_MS, interval: 100 }).toBe(true)
      expect(Date.now() - headcount.now.readyAt).toBeLessThan(MOVES_WITHIN_MS)
      type Found = { event: { id: string } | null }
      const { event } = await (await organiser()).ask<Found>('{ event(slug: "doors-open") { id } }')
      eventId = event?.id ?? ''
    })

    test('the page, occupancy and the ledger say the same at the same seq, while people arrive', async () => {
      const caller = await organiser()
      for (let look = 0; look < COMPARED; look++) {
        const occupancy = await occupancyOf(caller, eventId)
        const ledger = await withLedger(headcount.now, (sql) => recount(sql, eventId, occupancy.seq))
        expectCounts(occupancy, ledger)
        await sleep(200)
      }
      await expectShown((await shown()).counts.slice(-COMPARED))
    })

    test(`page and scanners then go on for ${WITHOUT_BREAK_MS[services] / 1000} s without a break`, async () => {
      const from = await now()
      const before = await shown()
      const socketsBefore = sockets
      const early = await organiser()
      await sleep(WITHOUT_BREAK_MS[services])
      const after = await shown()
      expect(after.states.slice(before.states.length - 1)).toEqual(['live'])
      expect(sockets).toBe(socketsBefore)
      expect(after.counts.length).toBeGreaterThan(before.counts.length + 10)
      const seqs = after.counts.map(({ seq }) => seq)
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
      const { errors } = await early.send('{ me { id } }')
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED'])
      await expectScannersGoOn(from)
      await expectShown(after.counts.slice(-COMPARED))
      expect(failures).toEqual([])
      expect(headcount.now.errors()).toEqual([])
    })

    test('when nobody arrives any more, page, occupancy, ledger and analytics agree within 5 s', async () => {
      // The simulation ends with its platform. The page stays open and finds the next one at the same address.
      const { home, port } = headcount.now
      expect(await headcount.now.stop()).toMatchObject({ code: 0 })
      const lastShown = (await shown()).counts.at(-1)
      await expect
        .poll(() => page.textContent('[data-testid=stale]'))
        .toMatch(/^Old: no counts since \d\d:\d\d:\d\d$/)
      expect(await page.textContent('[data-testid=inside]')).toBe(lastShown?.inside.toLocaleString('en-GB'))
      // A platform is back within three seconds, and what is shorter than that the page does not speak of.
      await sleep(WORTH_SAYING_MS)
      headcount.replace(await startHeadcount({ home, services, port, demo: 'still', environment }))
      const ledger = await expectAgreement(headcount.now, await organiser(), eventId)
      const { seq, inside, admitted } = ledger
      const last = async () => {
        const { counts, states } = await shown()
        return { count: counts.at(-1), states: states.slice(-2) }
      }
      await expect.poll(last, { timeout: 30_000 }).toEqual({
        count: { seq, inside, admitted, text: String(inside) },
        states: ['reconnecting', 'live'],
      })
      expect(await page.textContent('[data-testid=interruption]')).toMatch(
        /^No counts from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d; (the number is exact again|nothing changed meanwhile)\.$/,
      )
      expect(await page.locator('[data-testid=stale]').count()).toBe(0)
      expect(headcount.now.errors()).toEqual([])
    })

    /** Compares what the page has shown with the ledger up to the same row. */
    async function expectShown(counts: readonly ShownCount[]): Promise<void> {
      await withLedger(headcount.now, async (sql) => {
        for (const { seq, inside, admitted, text } of counts) {
          const ledger = await recount(sql, eventId, seq)
          expect({ seq, inside, admitted, text }).toEqual({
            seq: ledger.seq,
            inside: ledger.inside,
            admitted: ledger.admitted,
            text: String(ledger.inside),
          })
        }
      })
    }

    /** The database's clock. */
    const now = () =>
      withLedger(headcount.now, async (sql) => {
        const [row] = await sql.query<{ now: Date }>('SELECT now()')
        return row?.now
      })

    /** No window of 5 s without a scan, and the scanners of the first third still scan in the last one. */
    async function expectScannersGoOn(from: Date | undefined): Promise<void> {
      await withLedger(headcount.now, async (sql) => {
        const windows = await sql.query<{ window: number; scans: number; devices: string[] }>(
          `SELECT floor(extract(epoch FROM recorded_at - $2) / ${WINDOW_S})::int AS window, count(*)::int AS scans,
             array_agg(DISTINCT device_id) AS devices
           FROM ledger WHERE event_id = $1 AND kind = 'SCAN' AND recorded_at >= $2 GROUP BY 1 ORDER BY 1`,
          [eventId, from],
        )
        const whole = WITHOUT_BREAK_MS[services] / 1000 / WINDOW_S
        expect(windows.slice(0, whole).map(({ window }) => window)).toEqual([...Array(whole).keys()])
        const third = Math.ceil(whole / 3)
        const devicesOf = (some: typeof windows) => new Set(some.flatMap(({ devices }) => devices))
        const first = devicesOf(windows.slice(0, third))
        const last = devicesOf(windows.slice(whole - third))
        const still = [...first].filter((device) => last.has(device)).length
        expect(still / first.size).toBeGreaterThan(0.5)
        const refused = await sql.query(
          `SELECT reason FROM ledger WHERE event_id = $1 AND reason IN ('DEVICE_REVOKED', 'DEVICE_NOT_ASSIGNED')`,
          [eventId],
        )
        expect(refused).toEqual([])
      })
    }
  },
  noBrowserReason,
)
