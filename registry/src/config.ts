import { integer, optional, text, url } from '@headcount/config'

/** The settings of the registry, in the platform or alone. */
export const registrySettings = {
  databaseUrl: url('DATABASE_URL_REGISTRY', { schemes: ['postgres', 'postgresql'], doc: 'Its database.' }),
  token: optional(
    text('HEADCOUNT_REGISTRY_TOKEN', {
      doc: 'Token that may do everything with the registry; unset = one that the first start makes and keeps in secrets.json.',
    }),
  ),
  usageRetentionDays: integer('HEADCOUNT_USAGE_DAYS', {
    minimum: 1,
    maximum: 3_650,
    fallback: 90,
    doc: 'How long the registry keeps who asked what and how often, in days.',
  }),
}
