import { conflict, fieldChecks, notFound } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { UpsertTicketTypeInput } from '../generated/resolvers.ts'
import type { EventGround } from '../store/ground.ts'
import type { TicketTypeRow, ZoneRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { checkTimeOfDay } from './check-time-of-day.ts'

/** Makes or changes a ticket type: the one with the id, or without an id the one of that name. */
export async function upsertTicketType(store: Store, organizationId: string, input: UpsertTicketTypeInput) {
  const key = { organizationId, eventId: input.eventId }
  const result = await store.changeEvent(key, (ground) => decide(ground, input))
  if (result === undefined || result === 'taken') return notFound('event')
  return result.answer
}

function decide(ground: EventGround, input: UpsertTicketTypeInput) {
  const name = input.name.trim()
  const sameName = ground.ticketTypes.find((type) => type.name === name)
  const before = input.id ? ground.ticketTypes.find((type) => type.id === input.id) : sameName
  if (input.id && !before) return { answer: notFound('ticket type') }
  if (sameName && sameName.id !== before?.id) {
    return { answer: conflict(`Another ticket type of the event is called "${name}".`) }
  }
  const type: TicketTypeRow = {
    id: before?.id ?? newId('ticketType'),
    organizationId: ground.event.organizationId,
    eventId: ground.event.id,
    name,
    quota: input.quota ?? null,
    entryPolicy: input.entryPolicy ?? 'AFTER_EXIT',
    zoneIds: [...new Set(input.zoneIds ?? [])],
    validFrom: input.validFrom ?? null,
    validUntil: input.validUntil ?? null,
    dailyFrom: input.dailyFrom ?? null,
    dailyUntil: input.dailyUntil ?? null,
    version: (before?.version ?? 0) + 1,
  }
  const problem = check(type, ground.zones)
  if (problem) return { answer: problem }
  return { change: { ticketTypes: [type] }, answer: { __typename: 'TicketType' as const, ...type } }
}

function check(type: TicketTypeRow, zones: readonly ZoneRow[]) {
  const checks = fieldChecks()
  checks.text('name', type.name, { minimum: 1, maximum: 100 })
  if (type.quota !== null) checks.integer('quota', type.quota, { minimum: 0, maximum: 1_000_000 })
  const unknown = type.zoneIds.filter((id) => !zones.some((zone) => zone.id === id))
  checks.that(unknown.length === 0, 'zoneIds', `The event has no zone ${unknown.join(', ')}.`)
  const { validFrom, validUntil } = type
  const isOrdered = validFrom === null || validUntil === null || validFrom < validUntil
  checks.that(isOrdered, 'validUntil', 'validUntil must be after validFrom.')
  const { dailyFrom, dailyUntil } = type
  if (dailyFrom !== null) checkTimeOfDay(checks, 'dailyFrom', dailyFrom)
  if (dailyUntil !== null) checkTimeOfDay(checks, 'dailyUntil', dailyUntil)
  const isWindow = dailyFrom === null || dailyFrom !== dailyUntil
  checks.that(isWindow, 'dailyUntil', 'dailyUntil must be another time of day than dailyFrom.')
  return checks.problem()
}
