import { absentFrom, type PlacePresence } from '@headcount/scan-rules'

/** What a credential did at one place, as a device keeps it: JSON, with moments in milliseconds since 1970. */
export interface KeptPresence {
  readonly bodies: number
  readonly entries: number
  readonly lastEntryAt: number | null
  readonly entriesFromOutside: number
  readonly lastFromOutsideAt: number | null
  readonly lastMovementAt: number
}

/** Where a credential has been, by place. */
export type Presence = Readonly<Record<string, KeptPresence>>

/** The same as the rules look at it. Of resets a device hears nothing. */
export function rowsOf(presence: Presence): Map<string, PlacePresence> {
  return new Map(
    Object.entries(presence).map(
      ([placeId, { lastEntryAt, lastFromOutsideAt, lastMovementAt, ...counts }]) => [
        placeId,
        {
          ...absentFrom(placeId, new Date(lastMovementAt)),
          ...counts,
          lastEntryAt: momentOf(lastEntryAt),
          lastFromOutsideAt: momentOf(lastFromOutsideAt),
        },
      ],
    ),
  )
}

/** What is to be kept of it. */
export function presenceOf(rows: Iterable<PlacePresence>): Presence {
  const places: Record<string, KeptPresence> = {}
  for (const { placeId, bodies, entries, entriesFromOutside, ...at } of rows)
    places[placeId] = {
      ...{ bodies, entries, lastEntryAt: at.lastEntryAt?.getTime() ?? null, entriesFromOutside },
      lastFromOutsideAt: at.lastFromOutsideAt?.getTime() ?? null,
      lastMovementAt: at.lastMovementAt.getTime(),
    }
  return places
}

/** A moment that is kept as milliseconds since 1970 or as RFC 3339. */
export function momentOf(at: number | string | null): Date | null {
  return at === null ? null : new Date(at)
}
