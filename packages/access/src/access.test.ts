import { buildSchema, graphql, parse } from 'graphql'
import { expect, test } from 'vitest'
import {
  enforceAccess,
  hasScope,
  readAccess,
  readSignedViewer,
  roles,
  satisfies,
  scopesOf,
  signViewer,
  type Viewer,
} from './index.ts'

const secret = 's'.repeat(32)
const viewer: Viewer = {
  kind: 'user',
  id: 'usr_1',
  organizationId: 'org_1',
  scopes: ['event:*', 'self:read'],
}

test('a signed viewer comes back as it was', () => {
  expect(readSignedViewer(signViewer(viewer, secret), secret)).toEqual(viewer)
})

test('nobody is signed too, and is not the same as no signature', () => {
  expect(readSignedViewer(signViewer(undefined, secret), secret)).toBe('nobody')
})

test('a viewer that was changed, signed with another secret, or cut short is nobody', () => {
  const header = signViewer(viewer, secret)
  const [payload, signature] = header.split('.')
  const forged = Buffer.from(JSON.stringify({ ...viewer, scopes: ['*'] })).toString('base64url')
  for (const bad of [
    `${forged}.${signature}`,
    signViewer(viewer, 'x'.repeat(32)),
    payload,
    '',
    null,
    '..',
    `${header}.x`,
  ]) {
    expect(readSignedViewer(bad, secret)).toBeUndefined()
  }
})

test('a wildcard covers its own family only', () => {
  expect(hasScope(['event:*'], 'event:write')).toBe(true)
  expect(hasScope(['event:*'], 'events:write')).toBe(false)
  expect(hasScope(['event:write'], 'event:read')).toBe(false)
  expect(hasScope(['*'], 'gate:read')).toBe(true)
  expect(hasScope(['admi:*', ':*'], 'admin')).toBe(false)
})

test('an admin has every scope of an organiser and of a supervisor, and an analyst no personal data', () => {
  const admin = scopesOf(['ADMIN'])
  for (const scope of [...roles.ORGANISER, ...roles.GATE_SUPERVISOR])
    expect(hasScope(admin, scope)).toBe(true)
  expect(hasScope(scopesOf(['ANALYST']), 'user:pii')).toBe(false)
})

const sdl = `
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  type Query { open: Int  mine: Int @authenticated  both: Int @requiresScopes(scopes: [["a:x", "b:x"], ["event:write"]]) t: T }
  type T @requiresScopes(scopes: [["gate:read"]]) { x: Int @requiresScopes(scopes: [["analytics:read"]]) }
`

test('one whole set of scopes is enough, half of a set is not', () => {
  const requirement = readAccess(parse(sdl)).get('Query.both')
  expect(satisfies(viewer, requirement)).toBe(true)
  expect(satisfies({ ...viewer, scopes: ['a:x'] }, requirement)).toBe(false)
  expect(satisfies({ ...viewer, scopes: ['a:x', 'b:x'] }, requirement)).toBe(true)
  expect(satisfies(undefined, requirement)).toBe(false)
})

test('a resolver without the right does not run, and the error says which scope is missing', async () => {
  const schema = enforceAccess(buildSchema(sdl), parse(sdl))
  let ran = 0
  const rootValue = { open: 1, mine: () => ++ran, both: () => ++ran, t: { x: () => ++ran } }
  const source = '{ open mine both t { x } }'
  const nobody = await graphql({ schema, source, rootValue, contextValue: {} })
  expect(nobody.data).toEqual({ open: 1, mine: null, both: null, t: { x: null } })
  expect(nobody.errors?.map((error) => error.extensions.code)).toEqual(Array(3).fill('UNAUTHENTICATED'))
  const gateOnly = { viewer: { ...viewer, scopes: ['gate:read'] } }
  const some = await graphql({ schema, source, rootValue, contextValue: gateOnly })
  expect(some.errors?.map((error) => error.message)).toEqual([
    'Query.both needs the scope a:x and b:x, or event:write.',
    'T.x needs the scope analytics:read.',
  ])
  expect(ran).toBe(1)
})

test('directives that a subgraph imports under other names are enforced', async () => {
  const source = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@requiresScopes", as: "@scopes" }])
    directive @scopes(scopes: [[String!]!]!) on FIELD_DEFINITION
    directive @federation__policy(policies: [[String!]!]!) on FIELD_DEFINITION
    type Query { a: Int @scopes(scopes: [["a"]])  b: Int @federation__policy(policies: [["p", "q"], ["r"]]) }
  `
  const document = parse(source)
  const schema = enforceAccess(buildSchema(source, { assumeValidSDL: true }), document)
  const ask = (contextValue: { viewer?: Viewer }) =>
    graphql({ schema, source: '{ a b }', rootValue: { a: 1, b: 2 }, contextValue })
  const refused = await ask({ viewer })
  expect(refused.errors?.map(({ message }) => message)).toEqual([
    'Query.a needs the scope a.',
    'Query.b needs the policy p and q, or r.',
  ])
  const granted = await ask({ viewer: { ...viewer, scopes: ['a'], policies: ['q', 'p'] } })
  expect(granted).toEqual({ data: { a: 1, b: 2 } })
})
