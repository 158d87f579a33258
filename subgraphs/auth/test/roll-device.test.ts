import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addGate, startAuth, viewer } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let clock = new Date('2026-06-01T12:00:00Z')
const later = (ms: number) => {
  clock = new Date(clock.getTime() + ms)
}
const day = 86_400_000
const organizationId = 'org_a'
const organiser = viewer(organizationId, 'ORGANISER')
const eventId = newId('event')
const gateIds = [addGate(organizationId, eventId)]

beforeAll(async () => {
  auth = await startAuth({ now: () => clock })
})
afterAll(() => auth.stop())

async function enrol() {
  const input = { eventId, gateIds, name: 'North 1' }
  const { enrolmentToken } = await auth.mutate('createDeviceEnrolment', input, organiser)
  return auth.mutate('enrolDevice', { enrolmentToken })
}

const roll = (deviceId: string, who = organiser) => auth.mutate('rollDevice', { deviceId }, who)
const use = ({ enrolmentToken }: { enrolmentToken: string }) => auth.mutate('enrolDevice', { enrolmentToken })

test('a device that is rolled stays the same device, with a session of its own', async () => {
  const before = await enrol()
  const invited = await roll(before.device.id)
  expect(new Date(invited.expiresAt).getTime()).toBe(clock.getTime() + day)
  later(60_000)
  const after = await use(invited)
  expect(after).toMatchObject({ __typename: 'DeviceSession', device: { id: before.device.id } })
  const [old, fresh] = [await auth.claims(before.accessToken), await auth.claims(after.accessToken)]
  expect(fresh).toMatchObject({ sub: before.device.id, event: eventId, kind: 'device' })
  expect(fresh.sid).not.toBe(old.sid)
  const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Device { name enrolledAt } } }`
  const refs = [{ __typename: 'Device', id: before.device.id }]
  expect(fieldOf(await auth.run(organiser, query, { refs }), '_entities')).toEqual([
    { name: 'North 1', enrolledAt: clock.toISOString() },
  ])
})

test('the session that the device had goes on until the token is used, and ends at once with it', async () => {
  let { device, refreshToken } = await enrol()
  const invited = await roll(device.id)
  const next = await auth.refresh(refreshToken)
  expect(next.__typename).toBe('DeviceSession')
  refreshToken = next.refreshToken
  const after = await use(invited)
  expect((await auth.refresh(refreshToken)).__typename).toBe('InvalidCredentials')
  expect(await auth.refresh(after.refreshToken)).toMatchObject({ device: { id: device.id } })
})

test('the others hear of the new key as of any change: the same device, gates kept, a higher version', async () => {
  const { device } = await enrol()
  await use(await roll(device.id))
  const state = { id: device.id, organizationId, eventId, name: 'North 1', gateIds, status: 'ACTIVE' }
  await vi.waitFor(() => {
    const told = auth.published.filter(({ payload }) => (payload as { id: string }).id === device.id)
    expect(told.map(({ payload }) => payload)).toEqual([
      { ...state, version: 1 },
      { ...state, version: 2 },
    ])
  })
})

test('of several tokens for one device the last alone is good, and that once, however many use it', async () => {
  const { device } = await enrol()
  const invitations = await Promise.all(Array.from({ length: 10 }, () => roll(device.id)))
  const answers = await Promise.all([...invitations, ...invitations].map(use))
  const sessions = answers.filter(({ __typename }) => __typename === 'DeviceSession')
  expect(sessions).toHaveLength(1)
  const open = `SELECT count(*)::int AS count FROM sessions WHERE device_id = '${device.id}' AND ended_at IS NULL`
  expect(await auth.service.database.query(open)).toEqual([{ count: 1 }])
})

test('a token that was replaced, used or has lapsed is refused, and the session that is there stays', async () => {
  const { device, refreshToken } = await enrol()
  const [replaced, lapsed] = [await roll(device.id), await roll(device.id)]
  expect(await use(replaced)).toMatchObject({ message: expect.stringContaining('not known') })
  later(day)
  expect(await use(lapsed)).toMatchObject({ message: expect.stringContaining('lapsed') })
  const next = await auth.refresh(refreshToken)
  expect(next.__typename).toBe('DeviceSession')
  const invited = await roll(device.id)
  const after = await use(invited)
  expect(await use(invited)).toMatchObject({ message: expect.stringContaining('was used') })
  expect((await auth.refresh(after.refreshToken)).__typename).toBe('DeviceSession')
})

test('a device that is revoked gets no new key: neither by a new token nor by one that was made before', async () => {
  const { device } = await enrol()
  const invited = await roll(device.id)
  await auth.mutate('revokeDevice', { deviceId: device.id }, organiser)
  expect(await use(invited)).toMatchObject({
    __typename: 'EnrolmentRefused',
    message: expect.stringContaining('revoked'),
  })
  const query = 'mutation ($input: RollDeviceInput!) { rollDevice(input: $input) { expiresAt } }'
  const { data, errors } = await auth.run(organiser, query, { input: { deviceId: device.id } })
  expect(data).toEqual({ rollDevice: null })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'deviceId' }] })
})

test('a foreign, unknown or malformed device is null, and nothing is written', async () => {
  const { device } = await enrol()
  const answer = (id: string, who = organiser) => roll(id, who).then((value) => value as unknown)
  expect(await answer(device.id, viewer('org_b', 'ADMIN'))).toBeNull()
  for (const id of [newId('device'), 'nonsense', 'a\u0000b', '']) expect(await answer(id)).toBeNull()
  const written = `SELECT count(*)::int AS count FROM enrolments WHERE device_id = '${device.id}'`
  expect(await auth.service.database.query(written)).toEqual([{ count: 0 }])
})
