import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAuth, viewer } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let ada: Awaited<ReturnType<typeof auth.addUser>>
let own: string

beforeAll(async () => {
  auth = await startAuth()
  own = auth.organization.id
  ada = await auth.addUser('ada@demo.headcount.test', 'ADMIN')
  await auth.addUser('bob@demo.headcount.test', 'ATTENDEE')
})
afterAll(() => auth.stop())

test('me is the person of the token, with their own e-mail, and null for a device', async () => {
  const attendee = { ...viewer(own, 'ATTENDEE'), id: ada.id }
  const query = '{ me { id email roles } }'
  expect(fieldOf(await auth.run(attendee, query), 'me')).toEqual({
    id: ada.id,
    email: 'ada@demo.headcount.test',
    roles: ['ADMIN'],
  })
  const device = { ...viewer(own, 'ATTENDEE'), kind: 'device', id: newId('device') } as const
  expect(fieldOf(await auth.run(device, query), 'me')).toBeNull()
})

test("another person's e-mail is shown to holders of user:pii alone", async () => {
  const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on User { id email } } }`
  const refs = [{ __typename: 'User', id: ada.id }]
  const emails = async (who: ReturnType<typeof viewer>) =>
    fieldOf(await auth.run(who, query, { refs }), '_entities')
  expect(await emails(viewer(own, 'ATTENDEE'))).toEqual([{ id: ada.id, email: null }])
  expect(await emails(viewer(own, 'ORGANISER'))).toEqual([{ id: ada.id, email: 'ada@demo.headcount.test' }])
  expect(await emails(viewer('org_b', 'ADMIN'))).toEqual([null])
})

test('the organization is the one of the token, by id or slug; any other is null', async () => {
  const who = viewer(own, 'ANALYST')
  const rival = await auth.accounts.createOrganization({ slug: 'rival', name: 'Rival' })
  const read = async (args: string) =>
    fieldOf(await auth.run(who, `{ organization${args} { id slug name } }`), 'organization')
  const demo = { id: own, slug: 'demo', name: 'Demo' }
  for (const args of ['', `(id: "${own}")`, '(slug: "demo")', `(id: "${own}", slug: "demo")`])
    expect(await read(args)).toEqual(demo)
  for (const args of [
    `(id: "${rival.id}")`,
    '(slug: "rival")',
    `(id: "${own}", slug: "rival")`,
    '(slug: "a\\u0000")',
  ])
    expect(await read(args)).toBeNull()
})

test('members are listed by e-mail for org:read alone', async () => {
  const query = '{ organization { members { email } } }'
  const listed = await auth.run(viewer(own, 'ADMIN'), query)
  expect(fieldOf(listed, 'organization')).toEqual({
    members: [{ email: 'ada@demo.headcount.test' }, { email: 'bob@demo.headcount.test' }],
  })
  const refused = await auth.run(viewer(own, 'ORGANISER'), query)
  expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  expect(refused.data).toEqual({ organization: { members: null } })
})

test('what needs a token is UNAUTHENTICATED without one, and FORBIDDEN without its scope', async () => {
  const enrolment = `mutation { createDeviceEnrolment(input: { eventId: "x", gateIds: [], name: "x" }) { __typename } }`
  const revocation = 'mutation { revokeDevice(input: { deviceId: "x" }) { id } }'
  const roll = 'mutation { rollDevice(input: { deviceId: "x" }) { expiresAt } }'
  const codes = async (query: string, who?: ReturnType<typeof viewer>) =>
    (await auth.run(who, query)).errors?.map(({ extensions }) => extensions.code)
  for (const query of [
    '{ me { id } }',
    '{ organization { id } }',
    'mutation { signOut }',
    enrolment,
    revocation,
    roll,
  ])
    expect(await codes(query)).toEqual(['UNAUTHENTICATED'])
  for (const query of [enrolment, revocation, roll])
    expect(await codes(query, viewer(own, 'GATE_SUPERVISOR', 'ANALYST'))).toEqual(['FORBIDDEN'])
})

test('a malformed document, an unknown field and a missing value are one clear error each', async () => {
  const bad: [string, string][] = [
    ['{ me {', 'Syntax Error'],
    ['{ nobody }', 'nobody'],
    ['mutation { signIn(input: { email: "a@b.c" }) { __typename } }', 'password'],
    ['mutation { signIn(input: { email: 1, password: "x" }) { __typename } }', 'String'],
    ['mutation { enrolDevice(input: { enrolmentToken: null }) { __typename } }', 'null'],
  ]
  for (const [query, named] of bad) {
    const { errors } = await auth.run(undefined, query)
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors?.[0]?.message).toContain(named)
  }
})

test('over HTTP a signed request is answered, an unsigned one is not', async () => {
  const post = async (headers: Record<string, string>) => {
    const body = JSON.stringify({ query: '{ organization { slug } }' })
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
    return (await (await fetch(`${auth.url}/graphql`, init)).json()) as { errors?: object[] }
  }
  expect(await post(auth.headers(viewer(own, 'ANALYST')))).toEqual({
    data: { organization: { slug: 'demo' } },
  })
  expect(await post({})).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
})
