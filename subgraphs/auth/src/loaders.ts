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

/** Makes the loaders of one request, which see one tenant only: of organizations and their lists there is one. */
export function createLoaders({ accounts, devices }: Store, organizationId: string | undefined): Loaders {
  const scope = organizationId ?? ''
  const ofScope = async <T>(ids: readonly string[], found: Promise<T>, other: T) => {
    const own = await found
    return ids.map((id) => (id === scope ? own : other))
  }
  return {
    organization: new DataLoader((ids) => ofScope(ids, accounts.organizationById(scope), undefined)),
    membersOfOrganization: new DataLoader((ids) => ofScope(ids, accounts.membersOf(scope), [])),
    user: new DataLoader((ids) => accounts.usersById(scope, ids)),
    device: new DataLoader((ids) => devices.devicesById(scope, ids)),
  }
}
