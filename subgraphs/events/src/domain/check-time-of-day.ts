import type { fieldChecks } from '@headcount/errors'

/** The checks of one input's fields. */
export type FieldChecks = ReturnType<typeof fieldChecks>

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/

/** Checks a local time of day. */
export function checkTimeOfDay(checks: FieldChecks, path: string, time: string): void {
  checks.that(TIME_OF_DAY.test(time), path, `${path} takes a time of day from 00:00 to 23:59, like 18:30.`)
}
