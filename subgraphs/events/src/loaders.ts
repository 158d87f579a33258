import { loadersWhenUsed } from '@headcount/service'
import DataLoader from 'dataloader'
import type { EventRow, TicketTypeRow, ZoneRow } from './store/rows.ts'
import type { Store } from './store/store.ts'

/** One loader a key. Each answers undefined, or an empty list, for what is not the tenant's. */
export interface Loaders {
  readonly event: DataLoader<string, EventRow | undefined>
  readonly zone: DataLoader<string, ZoneRow | undefined>
  readonly ticketType: DataLoader<string, TicketTypeRow | undefined>
  readonly zonesOfEvent: DataLoader<string, ZoneRow[]>
  readonly ticketTypesOfEvent: DataLoader<string, TicketTypeRow[]>
}

/** Whose loaders they are. */
export interface LoaderSource {
  readonly store: Store
  readonly organizationId: string
}

/** The loaders of one request, which see one tenant only. */
export const createLoaders = loadersWhenUsed<LoaderSource, Loaders>({
  event: ({ store, organizationId }) => new DataLoader((ids) => store.eventsById(organizationId, ids)),
  zone: ({ store, organizationId }) => new DataLoader((ids) => store.zonesById(organizationId, ids)),
  ticketType: ({ store, organizationId }) =>
    new DataLoader((ids) => store.ticketTypesById(organizationId, ids)),
  zonesOfEvent: ({ store, organizationId }) =>
    new DataLoader((ids) => store.zonesOfEvents(organizationId, ids)),
  ticketTypesOfEvent: ({ store, organizationId }) =>
    new DataLoader((ids) => store.ticketTypesOfEvents(organizationId, ids)),
})
