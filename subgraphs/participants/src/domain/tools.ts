import type { Store } from '../store/store.ts'
import type { EventFinder } from './find-events.ts'
import type { TicketKeys } from './ticket-keys.ts'

/** What the operations of participants work with. */
export interface Tools {
  /** The database. */
  readonly store: Store
  /** Finds events and ticket types, here or at events. */
  readonly finder: EventFinder
  /** The keys that sign ticket codes. */
  readonly keys: TicketKeys
  /** The clock. */
  readonly now: () => Date
}
