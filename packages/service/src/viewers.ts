import { readSignedViewer, type Viewer } from '@headcount/access'

/** Reads the header of a signed viewer: the Viewer, `nobody` when that was signed, undefined when it is not to be believed. */
export type ReadViewer = (header: string | undefined | null) => Viewer | 'nobody' | undefined

/** What {@link createViewers} needs. */
export interface ViewersOptions {
  /** Checks who signed. */
  readonly secret: string
  /** The clock. */
  readonly now: () => Date
  /** So many headers are kept at least, twice as many at most. Default 5,000: some 5 MB. */
  readonly kept?: number
}

/** A plan that began before the end of its token may fetch after it, and clocks differ. */
const ALLOWANCE_MS = 60_000

/**
 * Reads signed viewers and keeps those that are good, since one comes thousands of times and its HMAC takes 5 µs. One
 * whose token ended more than a minute ago is not believed any more. What was used lately stays: two generations take
 * turns, so a hit in the young one moves nothing.
 */
export function createViewers({ secret, now, kept = 5000 }: ViewersOptions): ReadViewer {
  let young = new Map<string, Viewer | 'nobody'>()
  let old = new Map<string, Viewer | 'nobody'>()

  function read(header: string): Viewer | 'nobody' | undefined {
    const known = young.get(header)
    if (known) return known
    const viewer = old.get(header) ?? freeze(readSignedViewer(header, secret))
    // A stranger's header is not kept: it would push out those of others.
    if (!viewer) return undefined
    if (young.size >= kept) {
      old = young
      young = new Map()
    }
    young.set(header, viewer)
    return viewer
  }

  return (header) => {
    if (!header) return undefined
    const viewer = read(header)
    if (typeof viewer !== 'object' || viewer.expiresAtMs === undefined) return viewer
    return viewer.expiresAtMs + ALLOWANCE_MS > now().getTime() ? viewer : undefined
  }
}

/** Requests share it. */
function freeze(viewer: Viewer | 'nobody' | undefined): Viewer | 'nobody' | undefined {
  if (typeof viewer !== 'object') return viewer
  Object.freeze(viewer.scopes)
  return Object.freeze(viewer)
}
