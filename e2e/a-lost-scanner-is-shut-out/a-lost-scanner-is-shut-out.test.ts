import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Graph, openGraph } from '../setup/graph.ts'
import { subscribe } from '../setup/live.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant } from '../setup/people.ts'
import { attemptOf, scan } from '../setup/scans.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { enrolScanner, openVenue, registerOne } from '../setup/venue.ts'

const HOLDS_WITHIN_MS = 5000
const STANDING =
  '... on DeviceStanding { device { id lastSeq connectivity credentialStatus } missingCount serverTime }'
const SESSION = '... on DeviceSession { accessToken refreshToken device { id name } }'
const config = `subscription ($gateId: ID!) { gateConfigChanged(gateId: $gateId) { status devices { id credentialStatus } } }`
const counts = 'subscription ($eventId: ID!) { occupancyChanged(eventId: $eventId) { seq inside } }'

interface Gate {
  readonly gateConfigChanged: {
    readonly status: string
    readonly devices: readonly { readonly id: string; readonly credentialStatus: string }[]
  }
}

inBothModes('a lost scanner is shut out', (services) => {
  const headcount = useHeadcount({ services })
  let graph: Graph
  let tenant: Tenant
  let organiser: Caller & { readonly accessToken: string }

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER'])
    organiser = await tenant.signIn(graph, 'ORGANISER')
  })
  afterAll(() => graph?.close())

  async function openDoor() {
    const venue = await openVenue(organiser, tenant.organizationId)
    const scanner = await enrolScanner(graph, organiser, venue)
    const [gateId = ''] = venue.gateIds
    const attempt = async (caller: Caller, deviceSeq: number) =>
      scan(caller, attemptOf((await registerOne(organiser, venue)).code, gateId, { deviceSeq }))
    return { venue, scanner, gateId, attempt }
  }

  const beat = (caller: Caller) =>
    caller.attempt<{ __typename: string; message?: string }>(
      'deviceHeartbeat',
      { sentAt: new Date().toISOString(), waiting: 2 },
      STANDING,
    )

  test('a scanner that is revoked lets nobody in five seconds later, with a token that is still good', async () => {
    const { scanner, attempt } = await openDoor()
    expect(await attempt(scanner, 1)).toMatchObject({ __typename: 'ScanAdmitted' })
    expect(await beat(scanner)).toMatchObject({
      __typename: 'DeviceStanding',
      device: { id: scanner.deviceId, lastSeq: 1, connectivity: 'CATCHING_UP', credentialStatus: 'ACTIVE' },
    })
    const revoke =
      'mutation ($input: RevokeDeviceInput!) { revokeDevice(input: $input) { credentialStatus } }'
    await organiser.ask(revoke, { input: { deviceId: scanner.deviceId } })
    await expect
      .poll(async () => (await beat(scanner)).message, { timeout: HOLDS_WITHIN_MS, interval: 200 })
      .toContain('revoked')
    expect(await attempt(scanner, 2)).toMatchObject({ reason: 'DEVICE_REVOKED' })
  })

  test('a scanner that gets a new key goes on with its numbers, and its old session has ended', async () => {
    const { scanner, attempt } = await openDoor()
    expect(await attempt(scanner, 1)).toMatchObject({ __typename: 'ScanAdmitted' })
    const roll = 'mutation ($input: RollDeviceInput!) { rollDevice(input: $input) { enrolmentToken } }'
    const { rollDevice } = await organiser.ask<{ rollDevice: { enrolmentToken: string } }>(roll, {
      input: { deviceId: scanner.deviceId },
    })
    const fresh = await graph
      .as()
      .change<{ accessToken: string; device: object }>('enrolDevice', rollDevice, SESSION)
    expect(fresh.device).toEqual({ id: scanner.deviceId, name: 'Lane 1' })
    const old = await graph
      .as()
      .attempt<{ __typename: string }>('refreshSession', { refreshToken: scanner.refreshToken }, SESSION)
    expect(old.__typename).toBe('InvalidCredentials')
    const renewed = graph.as(fresh.accessToken)
    expect(await beat(renewed)).toMatchObject({ device: { id: scanner.deviceId, lastSeq: 1 } })
    expect(await attempt(renewed, 2)).toMatchObject({ __typename: 'ScanAdmitted' })
    expect(await beat(renewed)).toMatchObject({ device: { lastSeq: 2 }, missingCount: 0 })
  })

  test('a scanner watches its own event alone, also while a scanner with the same rights watches the other', async () => {
    const [own, other] = [await openDoor(), await openDoor()]
    const watch = (token: string, { venue, gateId }: Awaited<ReturnType<typeof openDoor>>) =>
      [
        { query: counts, variables: { eventId: venue.eventId } },
        { query: config, variables: { gateId } },
      ].map((operation) => subscribe(headcount.now.url, token, operation))
    const theirs = watch(other.scanner.accessToken, other)
    for (const live of theirs) {
      await expect.poll(() => live.messages[0]?.data, { timeout: 10_000 }).toBeTruthy()
    }
    const foreign = watch(own.scanner.accessToken, other)
    for (const live of foreign) {
      const [error] = (await live.ended) as readonly { readonly extensions?: { readonly code?: string } }[]
      expect(error?.extensions?.code).toBe('NOT_FOUND')
      expect(live.messages).toEqual([])
    }
    await Promise.all([...theirs, ...foreign].map((live) => live.close()))
  })

  test('whoever watches a gate sees it as it is, then each change of its state and of its scanners', async () => {
    const { venue, scanner, gateId, attempt } = await openDoor()
    await attempt(scanner, 1)
    const live = subscribe<Gate>(headcount.now.url, organiser.accessToken, {
      query: config,
      variables: { gateId },
    })
    const seen = () => live.messages.at(-1)?.data?.gateConfigChanged
    const becomes = (gate: object) => expect.poll(seen, { timeout: 10_000 }).toMatchObject(gate)
    const own = { id: scanner.deviceId, credentialStatus: 'ACTIVE' }
    await becomes({ status: 'OPEN_BOTH', devices: [own] })
    await organiser.change('setGateStatus', { gateId, status: 'PAUSED' }, '... on Gate { id }')
    await becomes({ status: 'PAUSED', devices: [own] })
    const second = await enrolScanner(graph, organiser, venue)
    await expect
      .poll(
        () =>
          seen()
            ?.devices.map(({ id }) => id)
            .toSorted(),
        { timeout: 10_000 },
      )
      .toEqual([scanner.deviceId, second.deviceId].toSorted())
    await organiser.change(
      'assignDevices',
      { deviceIds: [second.deviceId], gateIds: [] },
      '... on AssignedDevices { devices { id } }',
    )
    await becomes({ status: 'PAUSED', devices: [own] })
    await live.close()
    expect(headcount.now.errors()).toEqual([])
  })
})
