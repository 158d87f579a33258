import type { Viewer } from '@headcount/access'
import { type Ask, type Parts, ServiceUnavailable } from '@headcount/service'
import DataLoader from 'dataloader'
import { askScannedJustNow } from './domain/ask-scanned.ts'
import type { Tools } from './domain/tools.ts'
import type {
  KnownEventRow,
  KnownTicketTypeRow,
  RegistrationRow,
  TicketKeyRow,
  TicketRow,
} from './store/rows.ts'

/** One loader a key. Each answers undefined, or an empty list, for what is not the tenant's. */
export interface Loaders {
  readonly event: DataLoader<string, KnownEventRow | undefined>
  readonly ticketType: DataLoader<string, KnownTicketTypeRow | undefined>
  readonly registration: DataLoader<string, RegistrationRow | undefined>
  readonly ticket: DataLoader<string, TicketRow | undefined>
  readonly ticketsOfRegistration: DataLoader<string, readonly TicketRow[]>
  readonly ticketKey: DataLoader<string, TicketKeyRow | undefined>
  /** How many hold a place at an event; an event that is not known here is asked for at events once. */
  readonly registered: DataLoader<string, number | undefined>
  /** The same of a ticket type. */
  readonly sold: DataLoader<string, number | undefined>
  /** Whether the device that asks has scanned a ticket within the last 60 s. */
  readonly scannedJustNow: DataLoader<string, boolean>
}

/** What {@link createLoaders} needs. */
export interface LoaderOptions extends Pick<Tools, 'store' | 'finder'> {
  readonly viewer: Viewer | undefined
  readonly ask: Ask
  readonly log: Parts['log']
}

/** Makes the loaders of one request, which see one tenant only. */
export function createLoaders(options: LoaderOptions): Loaders {
  const { store, viewer, ask, log } = options
  const scope = viewer?.organizationId ?? ''
  const scanner = { organizationId: scope, deviceId: viewer?.id ?? '' }
  const registered = (ids: readonly string[]) => store.eventCounts(scope, ids)
  const sold = (ids: readonly string[]) => store.ticketTypeCounts(scope, ids)
  return {
    event: new DataLoader((ids) => store.knownEvents(scope, ids)),
    ticketType: new DataLoader((ids) => store.knownTicketTypes(scope, ids)),
    registration: new DataLoader((ids) => store.registrations(scope, ids)),
    ticket: new DataLoader((ids) => store.tickets(scope, ids)),
    ticketsOfRegistration: new DataLoader((ids) => store.ticketsOfRegistrations(scope, ids)),
    ticketKey: new DataLoader((ids) => store.ticketKeys(scope, ids)),
    registered: new DataLoader((ids) => counted(options, { typename: 'Event', ids, read: registered })),
    sold: new DataLoader((ids) => counted(options, { typename: 'TicketType', ids, read: sold })),
    scannedJustNow: new DataLoader((ids) => askScannedJustNow({ ask, log }, scanner, ids)),
  }
}

interface Counting {
  readonly typename: 'Event' | 'TicketType'
  readonly ids: readonly string[]
  readonly read: (ids: readonly string[]) => Promise<(number | undefined)[]>
}

/** Counts of what is known here; of the rest after events was asked, so that a new thing counts 0 and a foreign one nothing. */
async function counted(
  { finder, viewer, log }: LoaderOptions,
  { typename, ids, read }: Counting,
): Promise<(number | undefined)[]> {
  const counts = await read(ids)
  const lacking = ids.filter((_, index) => counts[index] === undefined)
  if (lacking.length === 0 || !viewer) return counts
  try {
    await finder.learn(
      viewer.organizationId,
      lacking.map((id) => ({ __typename: typename, id })),
    )
    return await read(ids)
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error
    log.warn({ err: error }, 'events did not say what it has; counts of new things stay null')
    return counts
  }
}
