import { type Role, roles } from '@headcount/access'
import { fieldChecks, type ValidationError } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { AccountStore } from '../store/accounts.ts'
import type { OrganizationRow, UserRow } from '../store/rows.ts'
import { normalizeEmail } from './email.ts'
import { hashPassword, isPassword } from './passwords.ts'

/** An account could not be made as asked; the message says each reason, for whoever gave the command. */
class AccountRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AccountRefused'
  }
}

/** Makes tenants and accounts: for the platform's own commands, which have no token. */
export interface Accounts {
  /** The tenant of a slug; made where there is none. @throws AccountRefused for a bad slug or name */
  createOrganization(input: { slug: string; name: string }): Promise<OrganizationRow>
  /** The tenant of a slug. */
  findOrganization(slug: string): Promise<OrganizationRow | undefined>
  /**
   * The account of an e-mail; made where there is none. One that is there keeps its password and roles: `isNew` says
   * which. @throws AccountRefused for bad input, an unknown tenant, or an e-mail that another tenant has
   */
  createUser(input: {
    organizationId: string
    email: string
    password: string
    roles: readonly Role[]
  }): Promise<UserRow & { isNew: boolean }>
  /**
   * Gives an account a password and ends its sessions; where it is the one that it has, nothing happens.
   * @throws AccountRefused for a bad password or an unknown e-mail
   */
  setPassword(input: { email: string; password: string }): Promise<void>
}

const PASSWORD_LIMITS = { minimum: 8, maximum: 256 }

function refuse(problem: ValidationError | undefined): void {
  if (problem) throw new AccountRefused(problem.fields.map(({ message }) => message).join(' '))
}

function checkedEmail(text: string): string {
  const email = normalizeEmail(text)
  if (email === undefined)
    throw new AccountRefused(`email takes an address like name@example.org; it is "${text}".`)
  return email
}

function checkPassword(password: string, checks = fieldChecks()) {
  const { minimum, maximum } = PASSWORD_LIMITS
  const isGood = password.length >= minimum && password.length <= maximum
  checks.that(
    isGood,
    'password',
    `password takes ${minimum} to ${maximum} characters; it has ${password.length}.`,
  )
  return checks
}

/** Makes the platform's door to tenants and accounts. */
export function createAccounts(store: AccountStore, now: () => Date): Accounts {
  return {
    findOrganization: (slug) => store.organizationBySlug(slug),
    async createOrganization({ slug, name }) {
      const checks = fieldChecks()
      const isSlug = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= 63
      checks.that(isSlug, 'slug', `slug takes a-z, 0-9 and - between them, at most 63; it is "${slug}".`)
      checks.text('name', name, { minimum: 1, maximum: 200 })
      refuse(checks.problem())
      const found = await store.organizationBySlug(slug)
      if (found) return found
      const row = { id: newId('organization', now().getTime()), slug, name: name.trim(), version: 1 }
      if (await store.addOrganization({ ...row, createdAt: now() })) return row
      return (await store.organizationBySlug(slug)) ?? row
    },
    async createUser(input) {
      const { organizationId, password } = input
      const checks = checkPassword(password)
      const areRoles = input.roles.length > 0 && input.roles.every((role) => Object.hasOwn(roles, role))
      checks.that(areRoles, 'roles', `roles takes one or more of ${Object.keys(roles).join(', ')}.`)
      refuse(checks.problem())
      const email = checkedEmail(input.email)
      if (!(await store.organizationById(organizationId)))
        throw new AccountRefused('There is no such organization.')
      const id = newId('user', now().getTime())
      const user = { id, organizationId, email, roles: [...new Set(input.roles)] }
      const known = await store.userByEmail(email)
      if (!known) {
        const passwordHash = await hashPassword(password)
        if (await store.addUser({ ...user, passwordHash, createdAt: now() })) return { ...user, isNew: true }
      }
      const found = known ?? (await store.userByEmail(email))
      if (found?.organizationId !== organizationId)
        throw new AccountRefused(`The address ${email} has an account of another organization.`)
      return { id: found.id, organizationId, email, roles: found.roles, isNew: false }
    },
    async setPassword({ email: text, password }) {
      refuse(checkPassword(password).problem())
      const email = checkedEmail(text)
      const user = await store.userByEmail(email)
      if (!user) throw new AccountRefused(`There is no account with the address ${email}.`)
      if (await isPassword(password, user.passwordHash)) return
      await store.setPassword(user.id, await hashPassword(password), now())
    },
  }
}
