import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { password, startAuth } from './start-auth.ts'

let auth: Awaited<ReturnType<typeof startAuth>>

beforeAll(async () => {
  auth = await startAuth()
})
afterAll(() => auth.stop())

test('an organization is made once by its slug, and the others hear of it once', async () => {
  const makings = Array.from({ length: 10 }, () =>
    auth.accounts.createOrganization({ slug: 'once', name: 'Once' }),
  )
  const [first, ...more] = await Promise.all(makings)
  for (const other of more) expect(other).toEqual(first)
  expect(await auth.accounts.findOrganization('once')).toEqual(first)
  expect(await auth.accounts.findOrganization('never')).toBeUndefined()
  await vi.waitFor(() => {
    const told = auth.published.filter(({ organizationId }) => organizationId === first?.id)
    const payload = { id: first?.id, slug: 'once', name: 'Once', version: 1 }
    expect(told).toMatchObject([{ subject: `org.${first?.id}.organization.changed`, payload }])
  })
})

test('an account is made once by its e-mail, and keeps its password and roles', async () => {
  const input = {
    organizationId: auth.organization.id,
    email: 'Ada@demo.test',
    password,
    roles: ['ANALYST'] as const,
  }
  const made = await auth.accounts.createUser(input)
  expect(made).toMatchObject({ email: 'ada@demo.test', roles: ['ANALYST'], isNew: true })
  const again = await auth.accounts.createUser({
    ...input,
    email: 'ada@demo.test',
    password: 'other password',
    roles: ['ADMIN'],
  })
  expect(again).toEqual({ ...made, isNew: false })
  expect((await auth.signIn('ada@demo.test')).__typename).toBe('Session')
})

test('a new password shuts out the old one and ends its sessions; the same one again ends nothing', async () => {
  await auth.addUser('eve@demo.test', 'ANALYST')
  const { refreshToken } = await auth.signIn('eve@demo.test')
  await auth.accounts.setPassword({ email: 'eve@demo.test', password })
  const { refreshToken: kept } = await auth.refresh(refreshToken)
  expect(kept).toBeDefined()
  await auth.accounts.setPassword({ email: 'eve@demo.test', password: 'another password' })
  expect((await auth.refresh(kept)).__typename).toBe('InvalidCredentials')
  expect((await auth.signIn('eve@demo.test')).__typename).toBe('InvalidCredentials')
  expect((await auth.signIn('eve@demo.test', 'another password')).__typename).toBe('Session')
})

test('one password is right however its letters are composed', async () => {
  await auth.addUser('composed@demo.test', 'ANALYST')
  await auth.accounts.setPassword({ email: 'composed@demo.test', password: 'caf\u00e9 noir' })
  expect((await auth.signIn('composed@demo.test', 'cafe\u0301 noir')).__typename).toBe('Session')
})

test('what cannot be an organization or an account is refused with the value that was given', async () => {
  const { accounts, organization } = auth
  const user = {
    organizationId: organization.id,
    email: 'x@demo.test',
    password,
    roles: ['ANALYST'] as const,
  }
  await expect(accounts.createOrganization({ slug: 'Not A Slug', name: '' })).rejects.toThrow(
    /"Not A Slug".*name/,
  )
  await expect(accounts.createUser({ ...user, email: 'nobody' })).rejects.toThrow('"nobody"')
  await expect(accounts.createUser({ ...user, password: 'short' })).rejects.toThrow('it has 5')
  await expect(accounts.createUser({ ...user, roles: [] })).rejects.toThrow('ORGANISER')
  await expect(accounts.createUser({ ...user, organizationId: 'org_x' })).rejects.toThrow(
    'no such organization',
  )
  await expect(accounts.setPassword({ email: 'ghost@demo.test', password })).rejects.toThrow(
    'ghost@demo.test',
  )
  const rival = await accounts.createOrganization({ slug: 'rival', name: 'Rival' })
  await accounts.createUser(user)
  await expect(accounts.createUser({ ...user, organizationId: rival.id })).rejects.toThrow(
    'another organization',
  )
})
