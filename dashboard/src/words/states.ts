import type { EventStatus, GateStatus } from '../generated/graphql.ts'

/** How much attention a state asks for. */
export type Tone = 'good' | 'quiet' | 'warning' | 'alarm'

export interface StateWords {
  text: string
  tone: Tone
}

export const EVENT_STATES: Readonly<Record<EventStatus, StateWords>> = {
  DRAFT: { text: 'Draft', tone: 'quiet' },
  PUBLISHED: { text: 'Upcoming', tone: 'quiet' },
  DOORS_OPEN: { text: 'Doors open', tone: 'good' },
  LIVE: { text: 'Show running', tone: 'good' },
  ENDED: { text: 'Ended', tone: 'quiet' },
  ARCHIVED: { text: 'Archived', tone: 'quiet' },
  POSTPONED: { text: 'Postponed', tone: 'warning' },
  CANCELLED: { text: 'Cancelled', tone: 'alarm' },
}

export const GATE_STATES: Readonly<Record<GateStatus, StateWords>> = {
  CLOSED: { text: 'Closed', tone: 'quiet' },
  OPEN_ENTRY: { text: 'Entry only', tone: 'good' },
  OPEN_EXIT: { text: 'Exit only', tone: 'good' },
  OPEN_BOTH: { text: 'Open', tone: 'good' },
  PAUSED: { text: 'Paused', tone: 'warning' },
  EMERGENCY: { text: 'Emergency: exits free', tone: 'alarm' },
}
