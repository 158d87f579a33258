import type { Store } from '../store/store.ts'
import type { EventFinder } from './find-events.ts'
import type { Lanes } from './lanes.ts'
import type { Registrar } from './registrar.ts'
import type { TicketKeys } from './ticket-keys.ts'

/** What the operations of participants work with. */
export interface Tools {
  /** The database. */
  readonly store: Store
  /** Finds events and ticket types, here or at events. */
  readonly finder: EventFinder
  /** The keys that sign ticket codes. */
  readonly keys: TicketKeys
  /** Where those who need an event's lock wait for it. */
  readonly lanes: Lanes
  /** Writes new registrations, those of a rush together. */
  readonly registrar: Registrar
  /** The clock. */
  readonly now: () => Date
}
