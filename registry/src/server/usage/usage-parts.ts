import type { ServerParts } from '../server-parts.ts'

/** What usage needs of the registry's server. */
export type UsageParts = Pick<
  ServerParts,
  'database' | 'log' | 'now' | 'apiSchema' | 'live' | 'usageRetentionDays'
>
