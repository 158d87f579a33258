import { readFileSync } from 'node:fs'
import { titled } from '@headcount/servers/testing'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInOnPage } from '../gate-count-reaches-dashboard/watch-page.ts'
import { noBrowserReason, openBrowser } from '../setup/browser.ts'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { openVenue, registerMany, type Ticket, type Venue } from '../setup/venue.ts'
import { inviteScanner, openScannerPage, type ScannerPage, untilReady } from './scanner-page.ts'

/** What the page sends in the place of its documents. */
const documents: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../schema/documents/dashboard.json', import.meta.url), 'utf8'),
)
const idOf = (operation: string): string => {
  const found = Object.entries(documents).find(([, text]) => text.includes(`${operation}(`))
  if (!found) throw new Error(`The pages have no operation ${operation}.`)
  return found[0]
}
const recordScanId = idOf('RecordScan')

/** The same code within 2 s is one attempt. */
const APART_MS = 2100

const COUNTS = `query ($eventId: ID!) {
  occupancy(eventId: $eventId) { inside admitted }
  scans(eventId: $eventId, first: 200) { edges { node { scanId deviceSeq outcome offline conflict reason kind } } }
  devices(eventId: $eventId) { lastSeq missingCount }
}`

interface Counts {
  readonly occupancy: { readonly inside: number; readonly admitted: number }
  readonly scans: { readonly edges: readonly { readonly node: ScanNode }[] }
  readonly devices: readonly { readonly lastSeq: number; readonly missingCount: number }[]
}

interface ScanNode {
  readonly scanId: string
  readonly deviceSeq: number
  readonly outcome: string
  readonly offline: boolean
  readonly conflict: string | null
}

describe.skipIf(noBrowserReason)(titled('a scanner works offline', noBrowserReason), () => {
  const headcount = useHeadcount({ services: 'all-in-one' })
  let graph: Graph
  let tenant: Tenant
  let organiser: Caller
  let venue: Venue
  let tickets: Ticket[]
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let scanner: ScannerPage
  let office: Page
  const failures: string[] = []

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER'])
    organiser = await tenant.signIn(graph, 'ORGANISER')
    venue = await openVenue(organiser, tenant.organizationId)
    tickets = await registerMany(organiser, venue, 5)
    browser = await openBrowser()
    context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    page = await context.newPage()
    office = await browser.newPage()
    const person = { email: tenant.emailOf('ORGANISER'), password: tenant.password }
    await signInOnPage(office, headcount.now.url, person)
    page.on('pageerror', (error) => failures.push(error.message))
  })
  afterAll(async () => {
    await browser?.close()
    await graph?.close()
  })

  const codeOf = (index: number) => tickets[index]?.code ?? ''
  const counts = () => organiser.ask<Counts>(COUNTS, { eventId: venue.eventId })

  test('a browser becomes a scanner by an address that forgets its token at once', async () => {
    const enrolmentToken = await inviteScanner(office, 'Lane 1')
    scanner = await openScannerPage(page, headcount.now.url, enrolmentToken)
    expect(page.url()).toBe(`${headcount.now.url}/scan`)
    await scanner.untilSettled()
    expect(await scanner.status('connection')).toBe('Online')
  })

  test('a good ticket is green; the same one again is red and says why', async () => {
    expect(await scanner.scan(codeOf(0))).toMatchObject({ face: 'go', isOffline: false })
    await page.waitForTimeout(APART_MS)
    const again = await scanner.scan(codeOf(0))
    expect(again).toMatchObject({ face: 'stop', isOffline: false })
    expect(again.text).toMatch(/Stop.*Already inside/)
    expect(again.text).toMatch(/Let in at .*, Gate 1\./)
  })

  test('an answer holds the keys of whoever types, and gives them back', async () => {
    await page.waitForTimeout(APART_MS)
    const field = page.getByLabel('Code by hand')
    const before = await page.getByTestId('answer').getAttribute('data-scan')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByTestId('answer').count()).toBe(0)
    await field.fill(codeOf(0))
    await field.press('Enter')
    const answer = page.getByTestId('answer')
    await answer.waitFor()
    expect(await answer.getAttribute('data-scan')).not.toBe(before)
    await page.keyboard.press('Space')
    await expect.poll(() => answer.count()).toBe(0)
    expect(await field.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true)
    expect(await field.inputValue()).toBe('')
  })

  test('without a network it decides by itself, says so, and knows whom it has let in', async () => {
    await context.setOffline(true)
    expect(await scanner.scan(codeOf(1))).toMatchObject({ face: 'care', isOffline: true })
    await page.waitForTimeout(APART_MS)
    const again = await scanner.scan(codeOf(1))
    expect(again).toMatchObject({ face: 'stop', isOffline: true })
    expect(again.text).toMatch(/Already inside/)
    expect(await scanner.scan(codeOf(0))).toMatchObject({ face: 'stop', isOffline: true })
    expect(await scanner.status('connection')).toBe('Offline')
    expect(await scanner.status('waiting')).toMatch(/^3 to upload/)
  })

  test('the page opens again without a network, and nothing that waited is gone', async () => {
    await page.reload()
    await untilReady(page)
    expect(await scanner.status('waiting')).toMatch(/^3 to upload/)
    expect(await scanner.scan(codeOf(2))).toMatchObject({ face: 'care', isOffline: true })
    expect((await counts()).occupancy).toEqual({ inside: 1, admitted: 1 })
  })

  test('with the network back it uploads by itself, and each admission counts once', async () => {
    await context.setOffline(false)
    await scanner.untilSettled()
    await expect
      .poll(async () => (await counts()).occupancy, { timeout: 5000 })
      .toEqual({ inside: 3, admitted: 3 })
    await expectGapless(7)
    const { scans } = await counts()
    expect(scans.edges.filter(({ node }) => node.offline).map(({ node }) => node.conflict)).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  test('whoever looks after the scanners sees it', async () => {
    const row = office.getByTestId('scanner-Lane 1')
    await row.getByText('Online').waitFor({ timeout: 30_000 })
    expect(await row.textContent()).toMatch(/Gate 1/)
  })

  test('an answer that was lost is no second admission', async () => {
    await page.route('**/graphql', async (route) => {
      const isScan = route.request().postData()?.includes(recordScanId) === true
      if (!isScan) return route.continue()
      await route.fetch()
      await route.abort()
    })
    expect(await scanner.scan(codeOf(3))).toMatchObject({ face: 'care', isOffline: true })
    await page.unroute('**/graphql')
    await scanner.untilSettled()
    await expect
      .poll(async () => (await counts()).occupancy, { timeout: 5000 })
      .toEqual({ inside: 4, admitted: 4 })
    await expectGapless(8)
    expect(await scanner.scan(codeOf(4))).toMatchObject({
      face: 'go',
      isOffline: false,
      text: expect.stringContaining('Let in'),
    })
    expect(failures).toEqual([])
    expect(headcount.now.errors()).toEqual([])
  })

  /** Every attempt has one row and the device no gap. */
  async function expectGapless(attempts: number): Promise<void> {
    const { scans, devices } = await counts()
    expect(scans.edges.map(({ node }) => node.deviceSeq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: attempts }, (_, index) => index + 1),
    )
    expect(new Set(scans.edges.map(({ node }) => node.scanId)).size).toBe(attempts)
    expect(devices).toMatchObject([{ lastSeq: attempts, missingCount: 0 }])
  }
})
