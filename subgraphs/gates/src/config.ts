import { integer, optional, type Settings, secret, url } from '@headcount/config'

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
  manifestSecret: secret('HEADCOUNT_MANIFEST_SECRET', {
    doc: 'Seals the private keys that sign what scanners keep for times without the server. With another one no manifest can be signed.',
  }),
  deviceBudget: integer('HEADCOUNT_GATES_DEVICE_BUDGET', {
    minimum: 0,
    maximum: 1_000_000,
    fallback: 360,
    doc: 'Most scans a minute of one device at one process of the service, 60 of them at once; those beyond it are answered RateLimited, and its uploads and signs of life beyond 60 a minute each are refused. 0 = no limits.',
  }),
  ledgerMonths: optional(
    integer('HEADCOUNT_GATES_LEDGER_MONTHS', {
      minimum: 1,
      maximum: 1200,
      doc: 'How many months the ledger keeps after their end; older ones go into the schema ledger_archive once their events are over. Unset = all.',
    }),
  ),
}

/** What `createGates` needs. */
export type GatesSettings = Settings<typeof gatesSettings>
