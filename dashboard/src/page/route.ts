/** The pages' addresses: `/`, `/events/<slug>`, `/graph/…` for the registry, and `/scan` for the scanner. */
const EVENT_PATH = /^\/events\/([a-z0-9-]{1,63})\/?$/

export function slugOf(pathname: string): string | undefined {
  return EVENT_PATH.exec(pathname)?.[1]
}

export function pathOf(slug: string): string {
  return `/events/${slug}`
}

/** Whether an address is the scanner's: a page of its own, for a device rather than a person. */
export function isScanPath(pathname: string): boolean {
  return pathname === '/scan' || pathname === '/scan/'
}

/** Where the pages about the graph begin; registry/graph-route.ts knows those below it. */
export const GRAPH_PATH = '/graph'

export function isGraphPath(pathname: string): boolean {
  return pathname === GRAPH_PATH || pathname.startsWith(`${GRAPH_PATH}/`)
}
