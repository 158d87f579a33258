import { loadersWhenUsed } from '@headcount/service'
import DataLoader from 'dataloader'
import type { DeviceRow, OrganizationRow, UserRow } from './store/rows.ts'
import type { Store } from './store/store.ts'

/** One loader a key. Each answers undefined, or an empty list, for what is not the tenant's. */
export interface Loaders {
  readonly organization: DataLoader<string, OrganizationRow | undefined>
  readonly membersOfOrganization: DataLoader<string, UserRow[]>
  readonly user: DataLoader<string, UserRow | undefined>
  readonly device: DataLoader<string, DeviceRow | undefined>
}

/** Whose loaders they are. */
export interface LoaderSource {
  readonly store: Store
  readonly organizationId: string
}

/** The loaders of one request, which see one tenant only: of organizations and their lists there is one. */
export const createLoaders = loadersWhenUsed<LoaderSource, Loaders>({
  organization: ({ store, organizationId }) =>
    new DataLoader(async (ids) => {
      const own = await store.accounts.organizationById(organizationId)
      return ids.map((id) => (id === organizationId ? own : undefined))
    }),
  membersOfOrganization: ({ store, organizationId }) =>
    new DataLoader(async (ids) => {
      const own = await store.accounts.membersOf(organizationId)
      return ids.map((id) => (id === organizationId ? own : []))
    }),
  user: ({ store, organizationId }) => new DataLoader((ids) => store.accounts.usersById(organizationId, ids)),
  device: ({ store, organizationId }) =>
    new DataLoader((ids) => store.devices.devicesById(organizationId, ids)),
})
