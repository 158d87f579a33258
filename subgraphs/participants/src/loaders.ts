import type { Viewer } from '@headcount/access'
import { type Ask, loadersWhenUsed, type Parts, ServiceUnavailable } from '@headcount/service'
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

/** Whose loaders they are, and what they ask. */
export interface LoaderSource extends Pick<Tools, 'store' | 'finder'> {
  readonly viewer: Viewer | undefined
  readonly ask: Ask
  readonly log: Parts['log']
}

const scopeOf = ({ viewer }: LoaderSource) => viewer?.organizationId ?? ''

/** The loaders of one request, which see one tenant only. */
export const createLoaders = loadersWhenUsed<LoaderSource, Loaders>({
  event: (source) => new DataLoader((ids) => source.store.knownEvents(scopeOf(source), ids)),
  ticketType: (source) => new DataLoader((ids) => source.store.knownTicketTypes(scopeOf(source), ids)),
  registration: (source) => new DataLoader((ids) => source.store.registrations(scopeOf(source), ids)),
  ticket: (source) => new DataLoader((ids) => source.store.tickets(scopeOf(source), ids)),
  ticketsOfRegistration: (source) =>
    new DataLoader((ids) => source.store.ticketsOfRegistrations(scopeOf(source), ids)),
  ticketKey: (source) => new DataLoader((ids) => source.store.ticketKeys(scopeOf(source), ids)),
  registered: (source) =>
    new DataLoader((ids) => counted(source, { typename: 'Event', ids, read: source.store.eventCounts })),
  sold: (source) =>
    new DataLoader((ids) =>
      counted(source, { typename: 'TicketType', ids, read: source.store.ticketTypeCounts }),
    ),
  scannedJustNow: (source) => {
    const scanner = { organizationId: scopeOf(source), deviceId: source.viewer?.id ?? '' }
    return new DataLoader((ids) => askScannedJustNow(source, scanner, ids))
  },
})

interface Counting {
  readonly typename: 'Event' | 'TicketType'
  readonly ids: readonly string[]
  readonly read: (organizationId: string, ids: readonly string[]) => Promise<(number | undefined)[]>
}

/** Counts of what is known here; of the rest after events was asked, so that a new thing counts 0 and a foreign one nothing. */
async function counted(
  source: LoaderSource,
  { typename, ids, read }: Counting,
): Promise<(number | undefined)[]> {
  const { finder, viewer, log } = source
  const counts = await read(scopeOf(source), ids)
  const lacking = ids.filter((_, index) => counts[index] === undefined)
  if (lacking.length === 0 || !viewer) return counts
  try {
    await finder.learn(
      viewer.organizationId,
      lacking.map((id) => ({ __typename: typename, id })),
    )
    return await read(viewer.organizationId, ids)
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error
    log.warn({ err: error }, 'events did not say what it has; counts of new things stay null')
    return counts
  }
}
