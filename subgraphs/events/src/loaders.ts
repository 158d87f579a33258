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

/** Makes the loaders of one request, which see one tenant only. */
export function createLoaders(store: Store, organizationId: string | undefined): Loaders {
  const scope = organizationId ?? ''
  return {
    event: new DataLoader((ids) => store.eventsById(scope, ids)),
    zone: new DataLoader((ids) => store.zonesById(scope, ids)),
    ticketType: new DataLoader((ids) => store.ticketTypesById(scope, ids)),
    zonesOfEvent: new DataLoader((ids) => store.zonesOfEvents(scope, ids)),
    ticketTypesOfEvent: new DataLoader((ids) => store.ticketTypesOfEvents(scope, ids)),
  }
}
