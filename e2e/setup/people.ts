import { randomUUID } from 'node:crypto'
import type { Role } from '@headcount/access'
import { openAccounts } from '@headcount/auth'
import type { Caller, Graph } from './graph.ts'
import type { Headcount } from './start-headcount.ts'

/** The pair of tokens of a person or a device. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: string
}

/** A tenant with an account of each role that was asked for. */
export interface Tenant {
  readonly organizationId: string
  readonly slug: string
  readonly password: string
  /** The address of a role's account. */
  emailOf(role: Role): string
  /** Signs a role's account in. */
  signIn(graph: Graph, role: Role): Promise<Caller & Tokens>
}

/** Makes a tenant that nobody else has, as the operator's own commands do. */
export async function makeTenant(
  headcount: Pick<Headcount, 'databaseUrl'>,
  roles: readonly Role[],
): Promise<Tenant> {
  const slug = `tenant-${randomUUID().slice(0, 8)}`
  const password = randomUUID()
  const emailOf = (role: Role) => `${role.toLowerCase().replace('_', '-')}@${slug}.test`
  const accounts = openAccounts(headcount.databaseUrl('auth'))
  try {
    const { id: organizationId } = await accounts.createOrganization({ slug, name: slug })
    for (const role of roles) {
      await accounts.createUser({ organizationId, email: emailOf(role), password, roles: [role] })
    }
    return {
      organizationId,
      slug,
      password,
      emailOf,
      signIn: (graph, role) => signIn(graph, emailOf(role), password),
    }
  } finally {
    await accounts.close()
  }
}

/** Signs a person in. */
export async function signIn(graph: Graph, email: string, password: string): Promise<Caller & Tokens> {
  const selection = '... on Session { accessToken refreshToken expiresAt }'
  const tokens = await graph.as().change<Tokens>('signIn', { email, password }, selection)
  return { ...graph.as(tokens.accessToken), ...tokens }
}
