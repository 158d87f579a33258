import type { EventStatus } from '../generated/resolvers.ts'

/** To which states an event can move from each. */
export const transitions: Readonly<Record<EventStatus, readonly EventStatus[]>> = {
  DRAFT: ['PUBLISHED', 'CANCELLED'],
  PUBLISHED: ['DOORS_OPEN', 'POSTPONED', 'CANCELLED'],
  POSTPONED: ['PUBLISHED', 'CANCELLED'],
  DOORS_OPEN: ['LIVE', 'CANCELLED'],
  LIVE: ['ENDED', 'CANCELLED'],
  ENDED: ['ARCHIVED'],
  ARCHIVED: [],
  CANCELLED: [],
}

/** States in which everybody may know of an event. */
export const publicStates: readonly EventStatus[] = [
  'PUBLISHED',
  'POSTPONED',
  'DOORS_OPEN',
  'LIVE',
  'ENDED',
  'ARCHIVED',
  'CANCELLED',
]
