import { fail } from '@headcount/errors'
import { decodeCursor, type KeyKind, type KeyOf, type List } from './cursor.ts'

/** What a client asked for, checked. */
export interface Page<Kinds extends readonly KeyKind[] = readonly KeyKind[]> {
  list: List<Kinds>
  /** How many edges to answer at most. */
  first: number
  /** How many rows to read: one more than `first`, which tells whether there is a next page. */
  limit: number
  /** The sort key after which the page begins; undefined from the start. */
  after: KeyOf<Kinds> | undefined
}

/** The bounds of `first`. */
export interface PageBounds {
  /** The largest `first` that is accepted; more is refused, not cut. Default 200. */
  maximum?: number
  /** What a missing `first` means. Default 50. */
  default?: number
}

/**
 * Checks the arguments of a connection field. Throws BAD_USER_INPUT (with the argument's name, the value
 * and what would be accepted) where `first` is outside 0 to `maximum` or `after` is no cursor of this list.
 */
export function pageArguments<const Kinds extends readonly KeyKind[]>(
  args: { first?: number | null | undefined; after?: string | null | undefined },
  list: List<Kinds>,
  bounds: PageBounds = {},
): Page<Kinds> {
  const maximum = bounds.maximum ?? 200
  const first = args.first ?? Math.min(bounds.default ?? 50, maximum)
  if (!Number.isInteger(first) || first < 0 || first > maximum) {
    throw fail('BAD_USER_INPUT', `first is ${first}; it takes a whole number from 0 to ${maximum}.`)
  }
  return { list, first, limit: first + 1, after: readAfter(args.after, list) }
}

function readAfter<const Kinds extends readonly KeyKind[]>(
  after: string | null | undefined,
  list: List<Kinds>,
): KeyOf<Kinds> | undefined {
  if (after === null || after === undefined) return undefined
  const key = decodeCursor(list, after)
  if (key === undefined) {
    throw fail('BAD_USER_INPUT', 'after is not a cursor of this list; pass an endCursor that it returned.')
  }
  return key
}
