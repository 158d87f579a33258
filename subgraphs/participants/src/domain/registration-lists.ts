import type { KeyOf } from '@headcount/paging'
import type { RegistrationRow } from '../store/rows.ts'

/** The order of an event's registrations: as they were made. */
export const eventRegistrations = { name: 'registrations', key: ['time', 'text'] } as const
/** The order of a person's registrations: the latest first. */
export const userRegistrations = { name: 'userRegistrations', key: ['time', 'text'] } as const

/** The position of a registration in lists. */
export function keyOfRegistration(row: RegistrationRow): KeyOf<typeof eventRegistrations.key> {
  return [row.registeredAt.toISOString(), row.id]
}
