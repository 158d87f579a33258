import { integer, optional, type Settings, url } from '@headcount/config'
import { commonSettings } from '@headcount/service'

/** What events needs beside its parts. */
const ownSettings = {
  databaseUrl: url('DATABASE_URL_EVENTS', { schemes: ['postgres', 'postgresql'], doc: 'Primary database.' }),
  replicaUrl: optional(
    url('DATABASE_URL_EVENTS_REPLICA', {
      schemes: ['postgres', 'postgresql'],
      doc: 'Read-only copy; unset = the primary.',
    }),
  ),
  maxConnections: integer('HEADCOUNT_EVENTS_CONNECTIONS', {
    minimum: 1,
    maximum: 500,
    fallback: 10,
    doc: 'Largest number of connections to the database; requests beyond it wait.',
  }),
}

/** Every setting of events in a process of its own. */
export const eventsSettings = { ...commonSettings, ...ownSettings }

/** What `createEvents` needs. */
export type EventsSettings = Settings<typeof ownSettings>
