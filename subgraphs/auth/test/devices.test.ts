import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addGate, setGatesUp, startAuth, viewer } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let clock = new Date('2026-06-01T12:00:00Z')
const later = (ms: number) => {
  clock = new Date(clock.getTime() + ms)
}
const day = 86_400_000
const organizationId = 'org_a'
const organiser = viewer(organizationId, 'ORGANISER')
const eventId = newId('event')
const gateIds = [addGate(organizationId, eventId), addGate(organizationId, eventId)]

beforeAll(async () => {
  auth = await startAuth({ now: () => clock })
})
afterAll(() => auth.stop())

const inviteQuery =
  'mutation ($input: CreateDeviceEnrolmentInput!) { createDeviceEnrolment(input: $input) { enrolmentToken } }'

async function invite(input: object = {}) {
  return auth.mutate('createDeviceEnrolment', { eventId, gateIds, name: 'North 1', ...input }, organiser)
}

async function enrol() {
  const { enrolmentToken } = await invite()
  return auth.mutate('enrolDevice', { enrolmentToken })
}

test('a device enrols with its token alone and gets a token for its event, without rights of its own person', async () => {
  const { enrolmentToken, expiresAt } = await invite()
  expect(new Date(expiresAt).getTime()).toBe(clock.getTime() + day)
  const session = await auth.mutate('enrolDevice', { enrolmentToken })
  expect(session).toMatchObject({ __typename: 'DeviceSession', serverTime: clock.toISOString() })
  const claims = await auth.claims(session.accessToken)
  expect(claims).toMatchObject({
    sub: session.device.id,
    org: organizationId,
    kind: 'device',
    event: eventId,
  })
  expect(claims.scope).toBe('scan:write manifest:read gate:read')
})

test('the others hear of a device when it enrols and when it is revoked, whole and with a rising version', async () => {
  const { device } = await enrol()
  const revoked = await auth.mutate('revokeDevice', { deviceId: device.id }, organiser)
  expect(revoked).toMatchObject({ id: device.id, credentialStatus: 'REVOKED' })
  const state = { id: device.id, organizationId, eventId, name: 'North 1', gateIds }
  await vi.waitFor(() => {
    const told = auth.published.filter(({ payload }) => (payload as { id: string }).id === device.id)
    expect(told.map(({ payload }) => payload)).toEqual([
      { ...state, status: 'ACTIVE', version: 1 },
      { ...state, status: 'REVOKED', version: 2 },
    ])
    expect(told[0]?.subject).toBe(`org.${organizationId}.event.${eventId}.device.changed`)
  })
})

test('fifty uses of one enrolment token at once make one device', async () => {
  const { enrolmentToken } = await invite()
  const uses = Array.from({ length: 50 }, () => auth.mutate('enrolDevice', { enrolmentToken }))
  const answers = await Promise.all(uses)
  expect(answers.filter(({ __typename }) => __typename === 'DeviceSession')).toHaveLength(1)
  const refused = answers.find(({ __typename }) => __typename === 'EnrolmentRefused')
  expect(refused?.message).toContain('was used')
})

test('an enrolment token lapses after 24 h, and an unknown one is refused: each says which', async () => {
  const { enrolmentToken } = await invite()
  later(day)
  expect(await auth.mutate('enrolDevice', { enrolmentToken })).toMatchObject({
    __typename: 'EnrolmentRefused',
    message: expect.stringContaining('lapsed'),
  })
  for (const token of ['', 'nonsense', 'a\u0000b', 'x'.repeat(100_000)]) {
    const refused = await auth.mutate('enrolDevice', { enrolmentToken: token })
    expect(refused).toMatchObject({
      __typename: 'EnrolmentRefused',
      message: expect.stringContaining('not known'),
    })
  }
})

test('no enrolment token stands in the database', async () => {
  const { enrolmentToken } = await invite()
  expect(JSON.stringify(await auth.service.database.query('SELECT * FROM enrolments'))).not.toContain(
    enrolmentToken,
  )
})

const foreignEvent = newId('event')
test.each([
  [
    'an event of another tenant',
    'gateIds',
    { eventId: foreignEvent, gateIds: [addGate('org_b', foreignEvent)] },
  ],
  ["another event's gate", 'gateIds', { gateIds: [addGate(organizationId, newId('event'))] }],
  ['a gate that does not exist', 'gateIds', { gateIds: [gateIds[0], newId('gate')] }],
  ['a malformed gate', 'gateIds', { gateIds: ['a\u0000b'] }],
  ['no gate', 'gateIds', { gateIds: [] }],
  ['one gate twice', 'gateIds', { gateIds: [gateIds[0], gateIds[0]] }],
  ['51 gates', 'gateIds', { gateIds: Array.from({ length: 51 }, () => newId('gate')) }],
  ['a malformed event', 'eventId', { eventId: 'a\u0000b' }],
  ['an empty name', 'name', { name: '   ' }],
  ['an over-long name', 'name', { name: 'x'.repeat(101) }],
  ['a NUL in the name', 'name', { name: 'a\u0000b' }],
])('refuses an enrolment with %s, names the field and writes nothing', async (_what, path, input) => {
  const count = () => auth.service.database.query('SELECT count(*)::int AS count FROM enrolments')
  const before = await count()
  const variables = { input: { eventId, gateIds, name: 'North 1', ...input } }
  const { data, errors } = await auth.run(organiser, inviteQuery, variables)
  expect(data).toEqual({ createDeviceEnrolment: null })
  expect(errors).toHaveLength(1)
  const { code, fields } = errors?.[0]?.extensions ?? {}
  expect(code).toBe('BAD_USER_INPUT')
  expect((fields as { path: string }[]).map((field) => field.path)).toContain(path)
  expect(await count()).toEqual(before)
})

test('while the gates cannot be looked up an enrolment is one retryable error, and nothing is written', async () => {
  setGatesUp(false)
  const input = { eventId, gateIds, name: 'North 1' }
  const answer = await auth.run(organiser, inviteQuery, { input })
  setGatesUp(true)
  expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
    { code: 'SUBGRAPH_UNAVAILABLE', retryAfterMs: 1000 },
  ])
  expect((await invite()).__typename).toBe('DeviceEnrolment')
})

test('revoking twice changes nothing, and a foreign or unknown device is null', async () => {
  const { device } = await enrol()
  const revoke = (who = organiser, deviceId = device.id) =>
    auth.mutate('revokeDevice', { deviceId }, who).then((answer) => answer as unknown)
  expect(await revoke(viewer('org_b', 'ADMIN'))).toBeNull()
  const first = await revoke()
  expect(await revoke()).toEqual(first)
  const versions = `SELECT version, status FROM devices WHERE id = '${device.id}'`
  expect(await auth.service.database.query(versions)).toEqual([{ version: 2, status: 'REVOKED' }])
  for (const id of [newId('device'), 'nonsense', 'a\u0000b', ''])
    expect(await revoke(organiser, id)).toBeNull()
})

test('a revoked device gets no new token', async () => {
  const { device, refreshToken } = await enrol()
  const next = await auth.refresh(refreshToken)
  expect(next).toMatchObject({ __typename: 'DeviceSession', device: { id: device.id } })
  await auth.mutate('revokeDevice', { deviceId: device.id }, organiser)
  expect((await auth.refresh(next.refreshToken)).__typename).toBe('InvalidCredentials')
})

test("a device's session never lapses while it is used, and does after 180 days without use", async () => {
  let { refreshToken } = await enrol()
  for (let count = 0; count < 5; count++) {
    later(179 * day)
    const next = await auth.refresh(refreshToken)
    expect(next.__typename).toBe('DeviceSession')
    refreshToken = next.refreshToken
  }
  later(180 * day)
  expect((await auth.refresh(refreshToken)).__typename).toBe('InvalidCredentials')
})

const entities = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
  ... on Device { id name credentialStatus enrolledAt eventId enrolledGateIds credentialVersion } } }`

test('services read devices of one tenant by reference, any number in one statement', async () => {
  const devices = await Promise.all(Array.from({ length: 5 }, enrol))
  const refs = [...devices.map(({ device }) => device.id), newId('device'), 'a\u0000b'].map((id) => ({
    __typename: 'Device',
    id,
  }))
  const service = { kind: 'service', id: 'gates', organizationId, scopes: ['*'] } as const
  const statements: string[] = []
  const off = auth.service.database.onStatement(({ sql, kind }) => {
    if (kind === 'query' && !/outbox/.test(sql)) statements.push(sql)
  })
  const found = fieldOf<unknown[]>(await auth.run(service, entities, { refs }), '_entities')
  off()
  expect(statements).toHaveLength(1)
  expect(found[0]).toMatchObject({
    id: devices[0]?.device.id,
    name: 'North 1',
    credentialStatus: 'ACTIVE',
    eventId,
    enrolledGateIds: gateIds,
    credentialVersion: 1,
  })
  expect(found.slice(5)).toEqual([null, null])
  const stranger = { ...service, organizationId: 'org_b' }
  const strange = fieldOf<unknown[]>(await auth.run(stranger, entities, { refs }), '_entities')
  expect(strange).toEqual(refs.map(() => null))
})
