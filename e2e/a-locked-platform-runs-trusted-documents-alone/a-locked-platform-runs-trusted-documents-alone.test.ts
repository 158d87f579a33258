import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { titled } from '@headcount/servers/testing'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteScanner, openScannerPage } from '../a-scanner-works-offline/scanner-page.ts'
import { signInOnPage } from '../gate-count-reaches-dashboard/watch-page.ts'
import { noBrowserReason, openBrowser } from '../setup/browser.ts'
import { type Graph, openGraph } from '../setup/graph.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { startHeadcount } from '../setup/start-headcount.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { openVenue, registerMany, type Ticket } from '../setup/venue.ts'
import { doors, sendId } from './doors.ts'
import { type OwnRegistry, registryOf, token } from './own-registry.ts'
import { listen, type Spoken } from './spoken.ts'

const repository = join(import.meta.dirname, '../..')
const manifest: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(repository, 'schema/documents/dashboard.json'), 'utf8'),
)
const eventsSchema = readFileSync(join(repository, 'subgraphs/events/schema.graphql'), 'utf8')
/** More than the time between two reports of a gateway. */
const REPORTED_MS = 30_000
const foreign = 'query Foreign { me { id } }'
const idOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

describe('a locked platform runs trusted documents alone', () => {
  // The people and the event are made with documents that nobody published, before it is locked.
  const environment = { HEADCOUNT_REGISTRY_TOKEN: token, HEADCOUNT_USAGE: 'false' }
  const headcount = useHeadcount({ services: 'all-in-one', environment })
  let graph: Graph
  let tenant: Tenant
  let tickets: readonly Ticket[] = []
  let registry: OwnRegistry
  /** Access tokens, by whose they are. */
  const bearers: Record<string, string> = {}

  beforeAll(async () => {
    const { home, port } = headcount.now
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER', 'OPERATOR', 'ADMIN'])
    const organiser = await tenant.signIn(graph, 'ORGANISER')
    tickets = await registerMany(organiser, await openVenue(organiser, tenant.organizationId), 2)
    for (const role of ['OPERATOR', 'ADMIN'] as const) {
      bearers[role] = (await tenant.signIn(graph, role)).accessToken
    }
    const other = await makeTenant(headcount.now, ['ADMIN'])
    bearers.other = (await other.signIn(graph, 'ADMIN')).accessToken
    await headcount.now.stop()
    const locked = { HEADCOUNT_REGISTRY_TOKEN: token, HEADCOUNT_DOCUMENTS: 'locked' }
    headcount.replace(await startHeadcount({ home, services: 'all-in-one', port, environment: locked }))
    registry = registryOf(headcount.now)
  })
  afterAll(() => graph?.close())

  describe.skipIf(noBrowserReason)(titled('its pages', noBrowserReason), () => {
    let browser: Browser
    let context: BrowserContext
    let office: Page
    let spoken: Spoken
    const failures: string[] = []

    beforeAll(async () => {
      browser = await openBrowser()
      context = await browser.newContext()
      spoken = listen(context)
      context.on('weberror', (error) => failures.push(error.error().message))
    })
    afterAll(() => browser?.close())

    test('the dashboard shows who comes in, and a browser scans', async () => {
      office = await context.newPage()
      const person = { email: tenant.emailOf('ORGANISER'), password: tenant.password }
      await signInOnPage(office, headcount.now.url, person)
      expect(await office.textContent('[data-testid=inside]')).toBe('0')
      const invitation = await inviteScanner(office, 'Lane 1')
      const scanner = await openScannerPage(await context.newPage(), headcount.now.url, invitation)
      await scanner.untilSettled()
      for (const [index, { code }] of tickets.entries()) {
        expect(await scanner.scan(code)).toMatchObject({ face: 'go', isOffline: false })
        await expect.poll(() => office.textContent('[data-testid=inside]')).toBe(String(index + 1))
      }
      expect(failures).toEqual([])
      expect(headcount.now.errors()).toEqual([])
    })

    test('what they send are ids of their manifest, and no text of a document', () => {
      expect(spoken.operations.length).toBeGreaterThan(8)
      for (const { query = '', documentId = '' } of spoken.operations) {
        expect(query).toBe('')
        expect(manifest).toHaveProperty([documentId])
      }
      const documents = Object.values(manifest)
      expect(spoken.texts.filter((sent) => documents.some((text) => sent.includes(text)))).toEqual([])
      expect(spoken.texts.filter((sent) => /\b(query|mutation|subscription)\b[^"]*\{/.test(sent))).toEqual([])
    })

    test('the registry knows what they ask, under their names, as trusted documents', async () => {
      const known = new Set(Object.keys(manifest).map((id) => id.replace('sha256:', '')))
      const namesOf = async (client: string) => {
        const all = await registry.operations()
        const own = all.filter(({ clients }) => clients.some(({ name }) => name === client))
        for (const { documentId } of own) expect(known).toContain(documentId)
        return own.map(({ name }) => name)
      }
      await expect
        .poll(() => namesOf('headcount-dashboard'), { timeout: REPORTED_MS })
        .toEqual(expect.arrayContaining(['SignIn', 'Events', 'OccupancyChanged', 'CreateDeviceEnrolment']))
      await expect
        .poll(() => namesOf('headcount-scanner'), { timeout: REPORTED_MS })
        .toEqual(expect.arrayContaining(['EnrolDevice', 'RecordScan', 'OfflineManifest']))
    })

    test('a change that takes a field from the dashboard fails, and one of a field that nobody asks does not', async () => {
      const checkWithout = (field: string) => {
        const line = new RegExp(`^  ".*"\\n  ${field}: .*\\n`, 'm')
        const [before = '', type = ''] = eventsSchema.split(/(?=^type Event )/m)
        expect(type).toMatch(line)
        const file = join(headcount.now.home.folder, 'events.graphql')
        writeFileSync(file, before + type.replace(line, ''))
        return registry.run('schema', 'check', '--subgraph', 'events', '--schema', file)
      }
      const used = await checkWithout('doorsOpenAt')
      expect(used.code, used.output).toBe(1)
      expect(used.output).toMatch(/FIELD_REMOVED +Event\.doorsOpenAt/)
      expect(used.output).toMatch(/used: .*headcount-dashboard.*\n.*EventAtAddress/)
      const unused = await checkWithout('autoOpen')
      expect(unused.code, unused.output).toBe(0)
      expect(unused.output).toMatch(/unused/)
      expect(unused.output).toMatch(/FIELD_REMOVED +Event\.autoOpen/)
    })
  })

  test.each(Object.entries(doors))('another document is refused over %s', async (name, door) => {
    const answer = await door(headcount.now.url, { query: foreign })
    // The platform takes no batches at all.
    expect(answer).toContain(name === 'a batch' ? 'BAD_REQUEST' : 'DOCUMENT_NOT_TRUSTED')
    expect(answer).not.toContain('"data":{')
  })

  test('what was sent with its hash is not known by its hash afterwards', async () => {
    expect(await sendId(headcount.now.url, idOf(foreign))).toContain('PERSISTED_QUERY_NOT_FOUND')
  })

  test('a document of an app works from its publishing to its withdrawal', async () => {
    const text = 'query OfAnApp { me { id } }'
    writeFileSync(join(headcount.now.home.folder, 'app.json'), JSON.stringify({ [idOf(text)]: text }))
    const answer = () => sendId(headcount.now.url, idOf(text), bearers.OPERATOR)
    expect(await answer()).toContain('PERSISTED_QUERY_NOT_FOUND')
    const published = await registry.run('operations', 'publish', 'app.json', '--client', 'an-app')
    expect(published.code, published.output).toBe(0)
    await expect.poll(answer, { timeout: 2_000, interval: 10 }).toMatch(/^{"data":{"me":{"id":"usr_\w+"}}}$/)

    const listed = await registry.run('operations', 'list')
    const [, id = ''] = /^ *(\d+) .*an-app/m.exec(listed.output) ?? []
    const withdrawn = await registry.run('operations', 'withdraw', id)
    expect(withdrawn.code, listed.output + withdrawn.output).toBe(0)
    await expect.poll(answer, { timeout: 2_000, interval: 10 }).toContain('PERSISTED_QUERY_NOT_FOUND')
  })

  test('an operator may look at the registry, and neither an admin nor another tenant nor anybody', async () => {
    const statuses = [bearers.OPERATOR, bearers.ADMIN, bearers.other, undefined, 'no.token.atall'].map(
      registry.statusFor,
    )
    expect(await Promise.all(statuses)).toEqual([200, 403, 403, 401, 401])
  })
})
