import { openDatabase } from '@headcount/database'
import { createOutbox, createService, type Parts, type Service } from '@headcount/service'
import type { EventsSettings } from './config.ts'
import { createContext } from './context.ts'
import { createDoorOpener } from './domain/open-doors.ts'
import { consumedSubjects, createHandler } from './events.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { Event } from './resolvers/event.ts'
import { Mutation } from './resolvers/mutation.ts'
import { Query } from './resolvers/query.ts'
import { TicketType } from './resolvers/ticket-type.ts'
import { Zone } from './resolvers/zone.ts'
import { createStore } from './store/store.ts'

const resolvers: Resolvers = { Query, Mutation, Event, Zone, TicketType }

/** Makes the events service. */
export async function createEvents(settings: EventsSettings, parts: Parts): Promise<Service> {
  const { databaseUrl: url, replicaUrl, maxConnections } = settings
  const { log, ask, now } = parts
  const database = openDatabase({ url, maxConnections, log, ...(replicaUrl && { replicaUrl }) })
  const outbox = createOutbox(database)
  const store = createStore(database, outbox)
  return createService({
    name: 'events',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    database,
    outbox,
    parts,
    context: (base) => createContext(base, { store, ask }),
    consumes: { subjects: consumedSubjects, handle: createHandler(store) },
    jobs: [createDoorOpener({ store, now, log })],
  })
}
