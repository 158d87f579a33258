import { isId } from '@headcount/ids'
import type { Ask } from '@headcount/service'
import type { EventStatus, KnownEventRow, KnownTicketTypeRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { createShare } from './share.ts'

const DEADLINE_MS = 500

const QUESTION = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
  ... on Event { id organizationId name status version capacity startsAt timeZone }
  ... on TicketType { id name quota recordVersion event { id } } } }`

/** An event of a tenant and some of its ticket types. */
export interface Found {
  readonly event: KnownEventRow | undefined
  /** Those that the event has. */
  readonly ticketTypes: ReadonlyMap<string, KnownTicketTypeRow>
}

interface Looked extends Found {
  /** What is known here, of the event or not. */
  readonly knownIds: ReadonlySet<string | undefined>
}

/** Which event, and which of its ticket types. */
export interface Wanted {
  readonly organizationId: string
  readonly eventId: string
  readonly ticketTypeIds?: readonly string[]
}

interface Representation {
  readonly __typename: 'Event' | 'TicketType'
  readonly id: string
}

type Entity =
  | {
      __typename: 'Event'
      id: string
      organizationId: string
      name: string
      status: EventStatus
      version: number
      capacity: number
      startsAt: string
      timeZone: string
    }
  | {
      __typename: 'TicketType'
      id: string
      name: string
      quota: number | null
      recordVersion: number
      event: { id: string }
    }

/** Finds events and ticket types among what events has told, and asks events once for what is lacking. */
export interface EventFinder {
  /** An event and its ticket types. Rejects with ServiceUnavailable when something is lacking and events is silent. */
  find(wanted: Wanted): Promise<Found>
  /** The same after events was asked how it stands now: for a state that may have changed a moment ago. */
  findAnew(wanted: Wanted): Promise<Found>
  /** Asks events for things and keeps what it says. Rejects with ServiceUnavailable when it is silent. */
  learn(organizationId: string, lacking: readonly Representation[]): Promise<void>
}

/** What {@link createEventFinder} needs. */
export interface FinderOptions {
  readonly store: Pick<Store, 'knownEvents' | 'knownTicketTypes' | 'keepEvents' | 'keepTicketTypes'>
  readonly ask: Ask
}

/** Makes the finder. Those who ask the same at the same time share one question. */
export function createEventFinder({ store, ask }: FinderOptions): EventFinder {
  const shareQuestion = createShare<void>()
  const shareLook = createShare<Looked>()

  /** A rush for one event reads it once for all who ask while it is read. */
  async function look(wanted: Wanted): Promise<Looked> {
    const question = JSON.stringify([wanted.organizationId, wanted.eventId, wanted.ticketTypeIds])
    return shareLook(question, () => read(wanted))
  }

  async function read({ organizationId, eventId, ticketTypeIds = [] }: Wanted): Promise<Looked> {
    const [[event], types] = await Promise.all([
      store.knownEvents(organizationId, [eventId]),
      ticketTypeIds.length > 0 ? store.knownTicketTypes(organizationId, ticketTypeIds) : [],
    ])
    const known = types.flatMap((type) => type ?? [])
    const ofEvent = known.filter((type) => type.eventId === eventId)
    const knownIds = new Set([event?.id, ...known.map((type) => type.id)])
    return { event, ticketTypes: new Map(ofEvent.map((type) => [type.id, type])), knownIds }
  }

  async function askFor(organizationId: string, representations: readonly Representation[]): Promise<void> {
    const { _entities } = await ask<{ _entities: (Entity | null)[] }>({
      service: 'events',
      organizationId,
      query: QUESTION,
      variables: { representations },
      deadlineMs: DEADLINE_MS,
    })
    const { events, ticketTypes } = rowsOf(_entities, organizationId)
    if (events.length > 0) await store.keepEvents(events)
    if (ticketTypes.length > 0) await store.keepTicketTypes(ticketTypes)
  }

  async function learn(organizationId: string, lacking: readonly Representation[]): Promise<void> {
    // What has another shape than an id cannot exist.
    const possible = lacking.filter(({ __typename, id }) =>
      isId(__typename === 'Event' ? 'event' : 'ticketType', id),
    )
    if (possible.length === 0) return
    const question = JSON.stringify([organizationId, possible])
    await shareQuestion(question, () => askFor(organizationId, possible))
  }

  return {
    learn,
    async find(wanted) {
      const found = await look(wanted)
      const lacking = lackingOf(wanted, found.knownIds)
      if (lacking.length === 0) return found
      await learn(wanted.organizationId, lacking)
      // Not with others, whose look may have begun before the news was kept.
      return read(wanted)
    },
    async findAnew(wanted) {
      await learn(wanted.organizationId, [{ __typename: 'Event', id: wanted.eventId }])
      return read(wanted)
    },
  }
}

function lackingOf(
  { eventId, ticketTypeIds = [] }: Wanted,
  known: ReadonlySet<string | undefined>,
): Representation[] {
  const types = [...new Set(ticketTypeIds)].sort()
  return [
    { __typename: 'Event' as const, id: eventId },
    ...types.map((id) => ({ __typename: 'TicketType' as const, id })),
  ].filter(({ id }) => !known.has(id))
}

function rowsOf(entities: readonly (Entity | null)[], organizationId: string) {
  const events: KnownEventRow[] = []
  const ticketTypes: KnownTicketTypeRow[] = []
  for (const entity of entities) {
    if (entity?.__typename === 'Event') {
      const { __typename, startsAt, ...event } = entity
      events.push({ ...event, startsAt: new Date(startsAt) })
    }
    if (entity?.__typename === 'TicketType') {
      const { id, name, quota, recordVersion: version, event } = entity
      ticketTypes.push({ id, organizationId, eventId: event.id, name, quota, version })
    }
  }
  return { events, ticketTypes }
}
