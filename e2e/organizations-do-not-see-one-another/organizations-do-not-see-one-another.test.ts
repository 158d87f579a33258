import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAgreement } from '../setup/counts.ts'
import { type Graph, openGraph } from '../setup/graph.ts'
import { serviceNames } from '../setup/home.ts'
import { openSql } from '../setup/ledger.ts'
import { subscribe } from '../setup/live.ts'
import { inBothModes } from '../setup/modes.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { type House, makeHouse } from '../setup/two-tenants.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { foreignIds } from '../wrong-input-gets-one-clear-answer/foreign-ids.ts'
import { OWN_LISTS, OWN_TICKETS, REACHING } from './queries.ts'

const ID = /\b[a-z]{3}_[0-9a-f]{32}\b/g
const HEARD_WITHIN_MS = 3000

inBothModes('organizations do not see one another', (services) => {
  const headcount = useHeadcount({ services })
  let graph: Graph
  let ours: House
  let theirs: House
  let secrets: readonly string[]

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    ours = await makeHouse(headcount.now, graph)
    theirs = await makeHouse(headcount.now, graph)
    await expectAgreement(headcount.now, theirs.admin, theirs.venue.eventId)
    secrets = await secretsOf(theirs)
  })
  afterAll(() => graph?.close())

  /** Everything by which a tenant could be told: each id in each of its rows, its names, its people, its codes. */
  async function secretsOf({ tenant, slug, tickets }: House): Promise<string[]> {
    const found = new Set([tenant.slug, slug, ...tickets.map(({ code }) => code)])
    for (const service of serviceNames) {
      const sql = await openSql(headcount.now.databaseUrl(service))
      const tables = await sql.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'organization_id'`,
      )
      for (const { name } of tables) {
        const rows = await sql.query<{ row: string }>(
          `SELECT one::text AS row FROM "${name}" AS one WHERE organization_id = $1`,
          [tenant.organizationId],
        )
        for (const { row } of rows) for (const id of row.match(ID) ?? []) found.add(id)
      }
      await sql.close()
    }
    expect(found.size).toBeGreaterThan(20)
    return [...found]
  }

  const expectNoSecret = (text: string) => {
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  }

  test.each(['admin', 'supervisor', 'analyst', 'attendee', 'scanner'] as const)(
    'nothing of another tenant is in anything that one’s own %s can list',
    async (role) => {
      const { text } = await ours[role].send(OWN_LISTS, { eventId: ours.venue.eventId })
      expect(text).toContain('"data"')
      expectNoSecret(text)
    },
  )

  test('the same document, asked by both in turn, answers each with their own', async () => {
    for (const [house, other] of [
      [ours, theirs],
      [theirs, ours],
      [ours, theirs],
    ] as const) {
      const { text } = await house.admin.send(OWN_TICKETS)
      expect(text).toContain(house.venue.eventId)
      expect(text).not.toContain(other.venue.eventId)
    }
  })

  test('another’s ids reach nothing, from whichever entity one begins', async () => {
    const [ticket] = theirs.tickets
    const { text } = await ours.admin.send(REACHING, {
      ...{ eventId: theirs.venue.eventId, gateId: theirs.venue.gateIds[0], ticketId: ticket?.ticketId },
    })
    const nothing = {
      event: null,
      gate: null,
      ticket: null,
      occupancy: null,
      registrations: null,
      scans: null,
    }
    expect(JSON.parse(text)).toEqual({ data: { ...nothing, ingress: [] } })
  })

  test.each(foreignIds)(
    'whether an id is another’s or was never given cannot be told: $what',
    async ({ ask }) => {
      const real = await ask({ graph, ours, theirs })
      const ghost = await ask({ graph, ours, theirs: ghostOf(theirs) })
      const shape = (text: string) => text.replaceAll(ID, 'id')
      expect(shape(real.text)).toBe(shape(ghost.text))
      expect(real.status).toBe(ghost.status)
    },
  )

  test('another’s code is an unknown code at one’s own gate, and tells nothing of its holder', async () => {
    const [gateId = ''] = ours.venue.gateIds
    const outcome = await scan(
      ours.scanner,
      attemptOf(theirs.tickets[1]?.code ?? '', gateId, { deviceSeq: 2 }),
    )
    expect(outcome).toMatchObject({
      __typename: 'ScanRejected',
      reason: 'UNKNOWN_CODE',
      firstAdmission: null,
    })
    expectNoSecret(JSON.stringify(outcome))
    const made = await scan(ours.scanner, attemptOf(`${theirs.tickets[1]?.code}x`, gateId, { deviceSeq: 3 }))
    expect(made.reason).toMatch(/^(UNKNOWN_CODE|BAD_SIGNATURE)$/)
  })

  test('nobody can listen to another’s event', async () => {
    for (const { token } of [ours.admin, ours.scanner, ours.analyst]) {
      const live = listen(token, theirs.venue.eventId)
      const ending = await Promise.race([live.ended, sleep(HEARD_WITHIN_MS, 'still open')])
      expect(JSON.stringify(ending)).toMatch(/NOT_FOUND|FORBIDDEN|BAD_USER_INPUT/)
      expect(live.messages.filter(({ data }) => data?.occupancyChanged)).toEqual([])
      await live.close()
    }
  })

  test('one’s own live count does not hear another’s scans', async () => {
    const [mine, other] = [
      listen(ours.admin.token, ours.venue.eventId),
      listen(theirs.admin.token, theirs.venue.eventId),
    ]
    await expect.poll(() => mine.messages.length && other.messages.length, { timeout: 10_000 }).toBeTruthy()
    const seqs = () => [...new Set(mine.messages.map(({ data }) => data?.occupancyChanged?.seq))]
    const before = seqs()
    const heard = other.messages.length
    await scan(
      theirs.scanner,
      attemptOf(theirs.tickets[2]?.code ?? '', theirs.venue.gateIds[0] ?? '', { deviceSeq: 2 }),
    )
    await expect.poll(() => other.messages.length, { timeout: HEARD_WITHIN_MS }).toBeGreaterThan(heard)
    await sleep(HEARD_WITHIN_MS)
    expect(seqs()).toEqual(before)
    expectNoSecret(JSON.stringify(mine.messages))
    await Promise.all([mine.close(), other.close()])
  })

  test('without a token nothing answers but what needs none', async () => {
    const { data, errors } = await graph.as().send(REACHING, {
      ...{
        eventId: theirs.venue.eventId,
        gateId: theirs.venue.gateIds[0],
        ticketId: theirs.tickets[0]?.ticketId,
      },
    })
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true)
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set(['UNAUTHENTICATED']))
    const variables = { organization: theirs.tenant.slug, slug: theirs.slug }
    const query =
      'query ($organization: String!, $slug: String!) { publicEvent(organizationSlug: $organization, slug: $slug) { name status zoneNames } }'
    expect(await graph.as().ask(query, variables)).toEqual({
      publicEvent: { name: 'A night', status: 'DOORS_OPEN', zoneNames: ['Zone 1', 'Zone 2'] },
    })
  })

  const listen = (token: string | undefined, eventId: string) =>
    subscribe<{ occupancyChanged: { seq: number } | null }>(headcount.now.url, token, {
      query:
        'subscription ($eventId: ID!) { occupancyChanged(eventId: $eventId, minIntervalMs: 0) { seq event { id } gates { gate { id } } } }',
      variables: { eventId },
    })
})

/** The same house, with ids of the same form that nobody was ever given. */
function ghostOf(house: House): House {
  const ghosts = new Map<string, string>()
  const ghost = (id: string) => {
    const known = ghosts.get(id) ?? `${id.slice(0, 4)}${randomBytes(16).toString('hex')}`
    ghosts.set(id, known)
    return known
  }
  const haunted = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(ID, ghost)) as T
  const { tenant, venue, tickets, scanner } = house
  return {
    ...house,
    slug: 'night-ghost',
    tenant: { ...tenant, slug: 'tenant-ghost', organizationId: ghost(tenant.organizationId) },
    venue: haunted(venue),
    tickets: haunted(tickets),
    scanner: { ...scanner, deviceId: ghost(scanner.deviceId) },
  }
}
