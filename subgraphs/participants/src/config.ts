import { integer, type Settings, secret, url } from '@headcount/config'

/** The settings of participants; in a process of its own it has the common ones too. */
export const participantsSettings = {
  databaseUrl: url('DATABASE_URL_PARTICIPANTS', {
    schemes: ['postgres', 'postgresql'],
    doc: 'Primary database.',
  }),
  maxConnections: integer('HEADCOUNT_PARTICIPANTS_CONNECTIONS', {
    minimum: 1,
    maximum: 500,
    fallback: 10,
    doc: 'Largest number of connections to the database; requests beyond it wait.',
  }),
  ticketSecret: secret('HEADCOUNT_TICKET_SECRET', {
    doc: 'Seals the private keys that sign ticket codes. With another one no code can be signed or shown again.',
  }),
}

/** What `createParticipants` needs. */
export type ParticipantsSettings = Settings<typeof participantsSettings>
