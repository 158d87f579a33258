import type { Parts } from '../parts.ts'

/** What trusted documents need of the registry's server. */
export type DocumentParts = Pick<Parts, 'database' | 'now' | 'live'>
