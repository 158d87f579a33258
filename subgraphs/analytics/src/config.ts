import { integer, optional, type Settings, url } from '@headcount/config'

/** The settings of analytics; in a process of its own it has the common ones too. */
export const analyticsSettings = {
  databaseUrl: url('DATABASE_URL_ANALYTICS', {
    schemes: ['postgres', 'postgresql'],
    doc: 'Primary database.',
  }),
  replicaUrl: optional(
    url('DATABASE_URL_ANALYTICS_REPLICA', {
      schemes: ['postgres', 'postgresql'],
      doc: 'Read-only copy, for `ingress`; unset = the primary.',
    }),
  ),
  maxConnections: integer('HEADCOUNT_ANALYTICS_CONNECTIONS', {
    minimum: 1,
    maximum: 500,
    fallback: 10,
    doc: 'Largest number of connections to the database; requests beyond it wait.',
  }),
}

/** What `createAnalytics` needs. */
export type AnalyticsSettings = Settings<typeof analyticsSettings>
