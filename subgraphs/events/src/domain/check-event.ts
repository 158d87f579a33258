import { fieldChecks, type ValidationError } from '@headcount/errors'
import type { EventRow } from '../store/rows.ts'

const slugShape = /^[a-z0-9]+(-[a-z0-9]+)*$/
const timeZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
const LONGEST_SLUG = 63

/** What is wrong with an event, whole as it would be kept; undefined when nothing is. */
export function checkEvent(event: EventRow): ValidationError | undefined {
  const checks = fieldChecks()
  checks.text('name', event.name, { minimum: 1, maximum: 200 })
  checks.integer('capacity', event.capacity, { minimum: 1, maximum: 1_000_000 })
  checks.that(
    slugShape.test(event.slug) && event.slug.length <= LONGEST_SLUG,
    'slug',
    'slug takes 1 to 63 of a–z and 0–9, with single hyphens between them.',
  )
  checks.that(
    timeZones.has(event.timeZone),
    'timeZone',
    'timeZone takes an IANA name, for example Europe/Berlin.',
  )
  checks.that(event.doorsOpenAt <= event.startsAt, 'doorsOpenAt', 'doorsOpenAt must not be after startsAt.')
  checks.that(event.startsAt < event.endsAt, 'endsAt', 'endsAt must be after startsAt.')
  return checks.problem()
}
