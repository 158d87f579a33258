import { isId } from '@headcount/ids'
import { type Connection, connection, pageArguments } from '@headcount/paging'
import { ServiceUnavailable } from '@headcount/service'
import { eventsUnavailable } from '../errors.ts'
import type { RegistrationFilter } from '../generated/resolvers.ts'
import type { RegistrationQuery } from '../store/reads.ts'
import type { RegistrationRow } from '../store/rows.ts'
import { eventRegistrations, keyOfRegistration, userRegistrations } from './registration-lists.ts'
import type { Tools } from './tools.ts'

/** A page of registrations; how many there are in all is counted only when it is asked for. */
export interface RegistrationPage extends Connection<RegistrationRow> {
  readonly count: () => Promise<number>
}

interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** A page of an event's registrations as they were made; null when the tenant has no such event. */
export async function readRegistrations(
  { store, finder }: Pick<Tools, 'store' | 'finder'>,
  organizationId: string,
  args: PageArguments & { eventId: string; filter?: RegistrationFilter | null | undefined },
): Promise<RegistrationPage | null> {
  const { eventId, filter } = args
  const page = pageArguments(args, eventRegistrations)
  const { event } = await finder.find({ organizationId, eventId }).catch((error: unknown) => {
    throw error instanceof ServiceUnavailable ? eventsUnavailable() : error
  })
  if (!event) return null
  const ticketTypeId = filter?.ticketTypeId ?? undefined
  const query: RegistrationQuery = {
    organizationId,
    eventId,
    ...(filter?.status && { status: filter.status }),
    ...(ticketTypeId !== undefined && { ticketTypeId }),
  }
  // No ticket type has an id of another shape, which may hold what the database does not take.
  const isEmpty = ticketTypeId !== undefined && !isId('ticketType', ticketTypeId)
  const rows = isEmpty ? [] : await store.registrationPage(query, page)
  const count = async () => (isEmpty ? 0 : store.countRegistrations(query))
  return { ...connection(rows, page, keyOfRegistration), count }
}

/** A page of what a person registered for, the latest first. */
export async function readOwnRegistrations(
  { store }: Pick<Tools, 'store'>,
  owner: { organizationId: string; userId: string },
  args: PageArguments,
): Promise<RegistrationPage> {
  const page = pageArguments(args, userRegistrations)
  const rows = await store.registrationPage(owner, page)
  return { ...connection(rows, page, keyOfRegistration), count: () => store.countRegistrations(owner) }
}
