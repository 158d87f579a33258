import { conflict, fieldChecks, notFound } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { UpsertZoneInput } from '../generated/resolvers.ts'
import type { EventGround } from '../store/ground.ts'
import type { ZoneRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { checkTimeOfDay, type FieldChecks } from './check-time-of-day.ts'

/** Makes or changes a zone: the one with the id, or without an id the one of that name. */
export async function upsertZone(store: Store, organizationId: string, input: UpsertZoneInput) {
  const key = { organizationId, eventId: input.eventId }
  const result = await store.changeEvent(key, (ground) => decide(ground, input))
  if (result === undefined || result === 'taken') return notFound('event')
  return result.answer
}

function decide(ground: EventGround, input: UpsertZoneInput) {
  const name = input.name.trim()
  const sameName = ground.zones.find((zone) => zone.name === name)
  const before = input.id ? ground.zones.find((zone) => zone.id === input.id) : sameName
  if (input.id && !before) return { answer: notFound('zone') }
  if (sameName && sameName.id !== before?.id) {
    return { answer: conflict(`Another zone of the event is called "${name}".`) }
  }
  const zone: ZoneRow = {
    id: before?.id ?? newId('zone'),
    organizationId: ground.event.organizationId,
    eventId: ground.event.id,
    name,
    capacity: input.capacity ?? null,
    enforcement: input.enforcement ?? 'SOFT',
    parentId: input.parentId ?? null,
    entryPolicy: input.entryPolicy ?? null,
    antiPassback: input.antiPassback ?? 'HARD',
    passbackTimeoutSeconds: input.passbackTimeoutSeconds ?? null,
    closesAt: input.closesAt ?? null,
    version: (before?.version ?? 0) + 1,
  }
  const problem = check(zone, ground.zones)
  if (problem) return { answer: problem }
  return { change: { zones: [zone] }, answer: { __typename: 'Zone' as const, ...zone } }
}

function check(zone: ZoneRow, zones: readonly ZoneRow[]) {
  const checks = fieldChecks()
  checks.text('name', zone.name, { minimum: 1, maximum: 100 })
  if (zone.capacity !== null) checks.integer('capacity', zone.capacity, { minimum: 1, maximum: 1_000_000 })
  if (zone.parentId !== null) {
    const parent = zones.find((other) => other.id === zone.parentId)
    checks.that(parent !== undefined, 'parentId', 'There is no such zone in the event.')
    checks.that(!liesWithin(parent, zone.id, zones), 'parentId', 'A zone cannot lie within itself.')
  }
  checkPassback(checks, zone)
  if (zone.closesAt !== null) checkTimeOfDay(checks, 'closesAt', zone.closesAt)
  return checks.problem()
}

function checkPassback(checks: FieldChecks, { antiPassback, passbackTimeoutSeconds: seconds }: ZoneRow) {
  if (seconds !== null) checks.integer('passbackTimeoutSeconds', seconds, { minimum: 1, maximum: 86_400 })
  const isComplete = antiPassback !== 'TIMED' || seconds !== null
  checks.that(isComplete, 'passbackTimeoutSeconds', 'TIMED anti-passback needs its time in seconds.')
}

/** Whether `zone` is the zone of that id, or lies in it. */
function liesWithin(zone: ZoneRow | undefined, id: string, zones: readonly ZoneRow[]): boolean {
  for (let at = zone; at; at = zones.find((other) => other.id === at?.parentId)) {
    if (at.id === id) return true
  }
  return false
}
