import type { Role } from '@headcount/access'
import { openAccounts } from '@headcount/auth'

/** The demo's two tenants. */
const demoOrganization = { slug: 'demo', name: 'Demo Events' }
const rivalOrganization = { slug: 'rival', name: 'Rival Nights' }

const people: readonly {
  readonly email: string
  readonly organization: string
  readonly roles: readonly Role[]
}[] = [
  { email: 'admin@demo.headcount.test', organization: 'demo', roles: ['ADMIN', 'OPERATOR'] },
  { email: 'organiser@demo.headcount.test', organization: 'demo', roles: ['ORGANISER'] },
  { email: 'supervisor@demo.headcount.test', organization: 'demo', roles: ['GATE_SUPERVISOR'] },
  { email: 'analyst@demo.headcount.test', organization: 'demo', roles: ['ANALYST'] },
  { email: 'attendee@demo.headcount.test', organization: 'demo', roles: ['ATTENDEE'] },
  { email: 'organiser@rival.headcount.test', organization: 'rival', roles: ['ORGANISER'] },
]

/** Addresses of the demo's accounts. */
export const demoEmails = people.map(({ email }) => email)

/** Makes the tenants and accounts that are missing, and gives all of them the password. Answers the tenants' ids. */
export async function makeAccounts(databaseUrl: string, password: string): Promise<Record<string, string>> {
  const accounts = openAccounts(databaseUrl)
  try {
    const ids: Record<string, string> = {}
    for (const organization of [demoOrganization, rivalOrganization]) {
      ids[organization.slug] = (await accounts.createOrganization(organization)).id
    }
    for (const { email, organization, roles } of people) {
      const organizationId = ids[organization] ?? ''
      const user = await accounts.createUser({ organizationId, email, password, roles })
      if (!user.isNew) await accounts.setPassword({ email, password })
    }
    return ids
  } finally {
    await accounts.close()
  }
}
