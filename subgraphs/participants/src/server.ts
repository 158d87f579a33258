import { openDatabase } from '@headcount/database'
import { createSeal } from '@headcount/seal'
import { createOutbox, createService, type Parts, type Service } from '@headcount/service'
import type { ParticipantsSettings } from './config.ts'
import { createContext } from './context.ts'
import { createEventFinder } from './domain/find-events.ts'
import { createAnswerSweeper } from './domain/forget-answers.ts'
import { createLanes } from './domain/lanes.ts'
import { createRegistrar } from './domain/registrar.ts'
import { createTicketKeys, ticketKeysPurpose } from './domain/ticket-keys.ts'
import { consumedSubjects, createHandler } from './events.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { Credential } from './resolvers/credential.ts'
import { Event } from './resolvers/event.ts'
import { Mutation } from './resolvers/mutation.ts'
import { Query } from './resolvers/query.ts'
import { Registration } from './resolvers/registration.ts'
import { RegistrationConnection } from './resolvers/registration-connection.ts'
import { SoldOut } from './resolvers/sold-out.ts'
import { Ticket } from './resolvers/ticket.ts'
import { TicketKey } from './resolvers/ticket-key.ts'
import { TicketType } from './resolvers/ticket-type.ts'
import { User } from './resolvers/user.ts'
import { createStore } from './store/store.ts'

const resolvers: Resolvers = {
  ...{ Query, Mutation, Credential, Ticket, TicketKey, Registration, RegistrationConnection },
  ...{ SoldOut, Event, TicketType, User },
}

/** Makes the participants service. */
export async function createParticipants(settings: ParticipantsSettings, parts: Parts): Promise<Service> {
  const { databaseUrl: url, maxConnections, ticketSecret } = settings
  const { log, ask, now } = parts
  const database = openDatabase({ url, maxConnections, log })
  const outbox = createOutbox(database)
  const store = createStore(database, outbox)
  const finder = createEventFinder({ store, ask })
  const lanes = createLanes()
  const registrar = createRegistrar({ store, lanes, now })
  const keys = createTicketKeys({ store, seal: createSeal(ticketSecret, ticketKeysPurpose), now })
  return createService({
    name: 'participants',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    database,
    outbox,
    parts,
    context: (base) => createContext(base, { store, finder, keys, lanes, registrar, now, ask }),
    consumes: { subjects: consumedSubjects, handle: createHandler(store) },
    jobs: [createAnswerSweeper({ store, now, log })],
  })
}
