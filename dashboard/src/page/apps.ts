import type { ClientIdentity } from '../graph/client-identity.ts'

/** Written into the page by vite.config.ts. */
declare const __APP_VERSION__: string

/** The two apps of these pages, as the platform's records name them. */
export const DASHBOARD: ClientIdentity = { name: 'headcount-dashboard', version: __APP_VERSION__ }
export const SCANNER: ClientIdentity = { name: 'headcount-scanner', version: __APP_VERSION__ }
