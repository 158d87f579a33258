export {
  type Circumstances,
  type Course,
  courseOf,
  type StandingKind,
  type Ticket,
  type TicketStatus,
} from './circumstances.ts'
export type { Entries, EntryPolicy } from './entry-policy.ts'
export {
  type AntiPassback,
  type Direction,
  type EventStatus,
  type Gate,
  type GateStatus,
  type GroundState,
  type Place,
  type TicketType,
  type Way,
  wayThrough,
  type Zone,
} from './ground.ts'
export { dayBefore, dayOf, minuteOf, minutesIn } from './local-time.ts'
export { messages } from './messages.ts'
export {
  absentFrom,
  type LeftPlace,
  movePresence,
  type PlacePresence,
  placeLeft,
  type Step,
  type WalkGround,
} from './presence.ts'
export { isOverridable, type Judgement, type Reason, reasonAgainst, reasonOrder } from './reasons.ts'
export { type ZoneTree, zoneTree } from './zone-tree.ts'
