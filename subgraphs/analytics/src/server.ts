import { openDatabase } from '@headcount/database'
import { createService, type Parts, type Service } from '@headcount/service'
import type { AnalyticsSettings } from './config.ts'
import { createContext } from './context.ts'
import { consumedSubjects, createHandler } from './events.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { Event } from './resolvers/event.ts'
import { IngressBucket } from './resolvers/ingress-bucket.ts'
import { Query } from './resolvers/query.ts'
import { createStore } from './store.ts'

const resolvers: Resolvers = { Query, Event, IngressBucket }

/** Makes the analytics service. */
export async function createAnalytics(settings: AnalyticsSettings, parts: Parts): Promise<Service> {
  const { databaseUrl: url, replicaUrl, maxConnections } = settings
  const database = openDatabase({ url, maxConnections, log: parts.log, ...(replicaUrl && { replicaUrl }) })
  const store = createStore(database)
  return createService({
    name: 'analytics',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    database,
    parts,
    context: (base) => createContext(base, { store }),
    consumes: { subjects: consumedSubjects, handle: createHandler(store) },
  })
}
