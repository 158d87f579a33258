import { integer, optional, type Settings, url } from '@headcount/config'

/** The settings of gates; in a process of its own it has the common ones too. */
export const gatesSettings = {
  databaseUrl: url('DATABASE_URL_GATES', { schemes: ['postgres', 'postgresql'], doc: 'Primary database.' }),
  replicaUrl: optional(
    url('DATABASE_URL_GATES_REPLICA', {
      schemes: ['postgres', 'postgresql'],
      doc: 'Read-only copy, for the later pages of lists of scans; unset = the primary.',
    }),
  ),
  maxConnections: integer('HEADCOUNT_GATES_CONNECTIONS', {
    minimum: 3,
    maximum: 500,
    fallback: 10,
    doc: 'Largest number of connections to the database; requests beyond it wait.',
  }),
  scanBatch: integer('HEADCOUNT_GATES_SCAN_BATCH', {
    minimum: 1,
    maximum: 2000,
    fallback: 200,
    doc: 'Most scans of one event that are committed together.',
  }),
  scanQueue: integer('HEADCOUNT_GATES_SCAN_QUEUE', {
    minimum: 1,
    maximum: 1_000_000,
    fallback: 5000,
    doc: 'Most scans of one event that wait to be committed; those beyond it are answered RetryLater.',
  }),
}

/** What `createGates` needs. */
export type GatesSettings = Settings<typeof gatesSettings>
