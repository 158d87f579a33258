import type { Parts } from '../parts.ts'

/** What usage needs of the registry's server. */
export type UsageParts = Pick<Parts, 'database' | 'log' | 'now' | 'live' | 'usageRetentionDays'>
