import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Role, scopesOf, type Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import { type Ask, type Parts, ServiceUnavailable } from '@headcount/service'
import { fieldOf, startTestService } from '@headcount/service/testing'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import type { AuthSettings } from '../src/config.ts'
import { createAuth } from '../src/server.ts'

export const password = 'correct horse battery staple'

/** What the union members and entities of these tests have, as far as a test asks for it. */
export interface Answer {
  __typename: string
  id: string
  message: string
  accessToken: string
  refreshToken: string
  expiresAt: string
  serverTime: string
  enrolmentToken: string
  retryAfterMs: number
  credentialStatus: string
  user: { id: string }
  device: { id: string }
  fields: { path: string; message: string }[]
}

/** The gates that the other service knows: gate → its event, by tenant. */
const gates = new Map<string, { organizationId: string; eventId: string }>()
let areGatesUp = true

/** Takes the gates service away, or brings it back. */
export function setGatesUp(isUp: boolean): void {
  areGatesUp = isUp
}

/** A gate of a tenant's event, as the gates service has it. */
export function addGate(organizationId: string, eventId: string): string {
  const id = newId('gate')
  gates.set(id, { organizationId, eventId })
  return id
}

const ask: Ask = async <Data extends object>({ service, organizationId, variables }: Parameters<Ask>[0]) => {
  if (service !== 'gates' || !areGatesUp) throw new ServiceUnavailable(service, 'it is down')
  const asked = (variables?.gates ?? []) as { id: string }[]
  const _entities = asked.map(({ id }) => {
    const gate = gates.get(id)
    return gate?.organizationId === organizationId ? { id, event: { id: gate.eventId } } : null
  })
  return { _entities } as unknown as Data
}

const settings = {
  maxConnections: 10,
  authSecret: 'test-auth-secret-of-32-characters',
  accessTokenSeconds: 900,
  signingKeyDays: 90,
  passwordChecks: 2,
}

/** Auth over a database of its own, with one tenant and accounts in it, and its HTTP door. */
export async function startAuth({
  now = () => new Date(),
  ...overrides
}: { now?: () => Date } & Partial<AuthSettings> = {}) {
  let createAgain: ((changes: Partial<AuthSettings>) => ReturnType<typeof createAuth>) | undefined
  const auth = await startTestService({
    now,
    ask,
    prismaDirectory: new URL('../prisma', import.meta.url),
    create: (databaseUrl, parts: Parts) => {
      const given = { ...settings, ...overrides, databaseUrl }
      createAgain = (changes) => createAuth({ ...given, ...changes }, parts)
      return createAgain({})
    },
    serviceOf: (made) => made.service,
  })
  const { accounts } = auth.made
  const server = createServer((req, res) => void auth.service.handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const organization = await accounts.createOrganization({ slug: 'demo', name: 'Demo' })
  const addUser = (email: string, ...roles: Role[]) =>
    accounts.createUser({ organizationId: organization.id, email, password, roles })
  const mutate = async (name: string, input: object, viewer?: Viewer): Promise<Answer> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selections[name]} } }`
    return fieldOf(await auth.run(viewer, query, { input }), name)
  }
  return {
    ...auth,
    accounts,
    organization,
    /** Makes another auth on the same database, as a second process or a later start would. */
    createAgain: (changes: Partial<AuthSettings> = {}) => createAgain?.(changes) ?? auth.made,
    url,
    addUser,
    mutate,
    signIn: (email: string, word = password) => mutate('signIn', { email, password: word }),
    refresh: (refreshToken: string) => mutate('refreshSession', { refreshToken }),
    /** The claims of an access token, verified against the published keys at the test's time. */
    async claims(token: string) {
      const keys = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as JSONWebKeySet
      const options = { issuer: 'headcount', audience: 'headcount', currentDate: now() }
      return (await jwtVerify(token, createLocalJWKSet(keys), options)).payload
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await auth.stop()
    },
  }
}

const session = '... on Session { accessToken refreshToken expiresAt user { id } }'
const device = '... on DeviceSession { accessToken refreshToken expiresAt serverTime device { id } }'
const problem = '... on Problem { message }'
const selections: Readonly<Record<string, string>> = {
  signIn: `${session} ${problem} ... on RateLimited { retryAfterMs }`,
  refreshSession: `${session} ${device} ${problem}`,
  enrolDevice: `${device} ${problem}`,
  createDeviceEnrolment: 'enrolmentToken expiresAt',
  revokeDevice: 'id credentialStatus',
  rollDevice: 'enrolmentToken expiresAt',
}

/** A viewer of a tenant with the rights of roles. */
export function viewer(organizationId: string, ...roles: Role[]): Viewer {
  return { kind: 'user', id: newId('user'), organizationId, scopes: scopesOf(roles) }
}
