import type { ServerParts } from '../server-parts.ts'

/** What trusted documents need of the registry's server. */
export type DocumentParts = Pick<ServerParts, 'database' | 'now' | 'apiSchema' | 'live'>
