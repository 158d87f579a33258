/** The page's addresses: `/` and `/events/<slug>`. */
const EVENT_PATH = /^\/events\/([a-z0-9-]{1,63})\/?$/

export function slugOf(pathname: string): string | undefined {
  return EVENT_PATH.exec(pathname)?.[1]
}

export function pathOf(slug: string): string {
  return `/events/${slug}`
}
