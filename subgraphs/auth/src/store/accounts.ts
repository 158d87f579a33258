import { isId } from '@headcount/ids'
import type { Outbox } from '@headcount/service'
import { organizationChanged } from '../events.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { OrganizationRow, UserRow } from './rows.ts'

const organizationColumns = { id: true, slug: true, name: true, version: true } as const
const userColumns = { id: true, organizationId: true, email: true, roles: true } as const
const longestMemberList = 1000

/** Organizations and people. */
export interface AccountStore {
  organizationById(id: string): Promise<OrganizationRow | undefined>
  organizationBySlug(slug: string): Promise<OrganizationRow | undefined>
  /** Writes a tenant and tells the others; answers false, and changes nothing, where the slug is taken. */
  addOrganization(row: OrganizationRow & { createdAt: Date }): Promise<boolean>
  /** In the order of the ids; undefined for what is not the tenant's. */
  usersById(organizationId: string, ids: readonly string[]): Promise<(UserRow | undefined)[]>
  userOfSession(userId: string): Promise<UserRow | undefined>
  userByEmail(email: string): Promise<(UserRow & { passwordHash: string }) | undefined>
  /** By e-mail, at most 1,000. */
  membersOf(organizationId: string): Promise<UserRow[]>
  /** Answers false, and changes nothing, where the e-mail is taken. */
  addUser(row: UserRow & { passwordHash: string; createdAt: Date }): Promise<boolean>
  /** Also ends all sessions of the person. */
  setPassword(userId: string, passwordHash: string, now: Date): Promise<void>
}

/** Reads and writes organizations and people. */
export function createAccountStore(prisma: PrismaClient, outbox: Outbox): AccountStore {
  return {
    async organizationById(id) {
      if (!isId('organization', id)) return undefined
      return (
        (await prisma.organization.findUnique({ where: { id }, select: organizationColumns })) ?? undefined
      )
    },
    async organizationBySlug(slug) {
      const found = await prisma.organization.findUnique({ where: { slug }, select: organizationColumns })
      return found ?? undefined
    },
    addOrganization: (row) =>
      outbox.transaction(async (tx, publish) => {
        const added = await tx.query(
          `INSERT INTO organizations (id, slug, name, version, created_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (slug) DO NOTHING RETURNING id`,
          [row.id, row.slug, row.name, row.version, row.createdAt],
        )
        if (added.length > 0) publish(organizationChanged(row))
        return added.length > 0
      }),
    async usersById(organizationId, ids) {
      const known = ids.filter((id) => isId('user', id))
      const where = { organizationId, id: { in: known } }
      const rows = (await prisma.user.findMany({ where, select: userColumns })) as UserRow[]
      const byId = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => byId.get(id))
    },
    async userOfSession(id) {
      const row = await prisma.user.findUnique({ where: { id }, select: userColumns })
      return (row as UserRow | null) ?? undefined
    },
    async userByEmail(email) {
      const select = { ...userColumns, passwordHash: true } as const
      const row = await prisma.user.findUnique({ where: { email }, select })
      return (row as (UserRow & { passwordHash: string }) | null) ?? undefined
    },
    async membersOf(organizationId) {
      const rows = await prisma.user.findMany({
        where: { organizationId },
        select: userColumns,
        orderBy: { email: 'asc' },
        take: longestMemberList,
      })
      return rows as UserRow[]
    },
    addUser: (row) =>
      outbox.transaction(async (tx) => {
        const added = await tx.query(
          `INSERT INTO users (id, organization_id, email, password_hash, roles, created_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING RETURNING id`,
          [row.id, row.organizationId, row.email, row.passwordHash, row.roles, row.createdAt],
        )
        return added.length > 0
      }),
    setPassword: (userId, passwordHash, now) =>
      outbox.transaction(async (tx) => {
        await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [userId, passwordHash])
        const end = 'UPDATE sessions SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL'
        await tx.query(end, [userId, now])
      }),
  }
}
