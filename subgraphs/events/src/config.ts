import { integer, optional, type Settings, url } from '@headcount/config'

/** The settings of events; in a process of its own it has the common ones too. */
export const eventsSettings = {
  databaseUrl: url('DATABASE_URL_EVENTS', { schemes: ['postgres', 'postgresql'], doc: 'Primary database.' }),
  replicaUrl: optional(
    url('DATABASE_URL_EVENTS_REPLICA', {
      schemes: ['postgres', 'postgresql'],
      doc: 'Read-only copy, for lists of events; unset = the primary.',
    }),
  ),
  maxConnections: integer('HEADCOUNT_EVENTS_CONNECTIONS', {
    minimum: 1,
    maximum: 500,
    fallback: 10,
    doc: 'Largest number of connections to the database; requests beyond it wait.',
  }),
}

/** What `createEvents` needs. */
export type EventsSettings = Settings<typeof eventsSettings>
