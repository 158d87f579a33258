/** The pages' addresses: `/`, `/events/<slug>`, and `/scan` for the scanner. */
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
