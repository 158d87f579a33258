import type { Message } from '@headcount/messaging'
import type { DeviceRow, OrganizationRow } from './store/rows.ts'

/** A message before it has an id and a time. */
type Outgoing = Pick<Message, 'subject' | 'organizationId' | 'payload'>

/** Tells the others a tenant as it is now. */
export function organizationChanged({ id, slug, name, version }: OrganizationRow): Outgoing {
  const payload = { id, slug, name, version }
  return { organizationId: id, subject: `org.${id}.organization.changed`, payload }
}

/** Tells the others a device as it is now. */
export function deviceChanged(row: DeviceRow): Outgoing {
  const { id, organizationId, eventId, name, gateIds, status, version } = row
  return {
    organizationId,
    subject: `org.${organizationId}.event.${eventId}.device.changed`,
    payload: { id, organizationId, eventId, name, gateIds, status, version },
  }
}
