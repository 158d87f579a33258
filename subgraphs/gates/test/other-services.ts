import { newId } from '@headcount/ids'
import type { Ask } from '@headcount/service'
import { ServiceUnavailable } from '@headcount/service'
import { createKeyPair, hashTicketCode, signTicketCode } from '@headcount/ticket-code'
import type { DeviceEntity, EventEntity, TicketEntity } from '../src/domain/questions.ts'

/** A ticket with its code. */
export interface SoldTicket {
  readonly entity: TicketEntity
  readonly code: string
}

/** An event under construction. */
export type MadeEvent = { -readonly [Key in keyof EventEntity]: EventEntity[Key] }

/** What events, auth and participants know in a test, answered as they answer `_entities`. */
export function otherServices() {
  const entities = new Map<string, { organizationId: string; entity: object }>()
  const unreachable = new Set<string>()
  const questions: { service: string; ids: string[] }[] = []
  const keys = new Map<string, ReturnType<typeof createKeyPair> & { id: string }>()

  const ask: Ask = async <Data extends object>(question: Parameters<Ask>[0]): Promise<Data> => {
    const { service, organizationId, variables } = question
    const representations = variables?.representations as { __typename: string; id: string }[]
    questions.push({ service, ids: representations.map(({ id }) => id) })
    if (unreachable.has(service)) throw new ServiceUnavailable(service, 'it is down in this test')
    const found = representations.map(({ __typename, id }) => {
      const known = entities.get(`${__typename} ${id}`)
      return known?.organizationId === organizationId ? structuredClone(known.entity) : null
    })
    return { _entities: found } as unknown as Data
  }

  function keep(typename: string, organizationId: string, entity: { id: string }): void {
    entities.set(`${typename} ${entity.id}`, { organizationId, entity })
  }

  function keyOf(organizationId: string) {
    const key = keys.get(organizationId) ?? { ...createKeyPair(), id: newId('key') }
    keys.set(organizationId, key)
    const { id, publicKey } = key
    keep('TicketKey', organizationId, { id, organizationId, publicKey } as { id: string })
    return key
  }

  return {
    ask,
    questions,
    unreachable,
    keyOf,
    /** An event that lets people in, with its ground. */
    addEvent(organizationId: string, more: Partial<EventEntity> = {}): MadeEvent {
      const event: MadeEvent = {
        ...{ id: newId('event'), name: 'Night', status: 'LIVE', version: 1, timeZone: 'Europe/Berlin' },
        ...{ zones: [], ticketTypes: [ticketType()] },
        ...more,
      }
      keep('Event', organizationId, event)
      return event
    },
    addDevice(organizationId: string, eventId: string, gateIds: string[], more: Partial<DeviceEntity> = {}) {
      const device: DeviceEntity = {
        ...{ id: newId('device'), name: 'Scanner', credentialStatus: 'ACTIVE', eventId },
        ...{ enrolledGateIds: gateIds, credentialVersion: 1 },
        ...more,
      }
      keep('Device', organizationId, device)
      return device.id
    },
    /** Sells a ticket of the event's first type, which only participants knows so far. */
    sell(organizationId: string, event: MadeEvent, more: Partial<TicketEntity> = {}): SoldTicket {
      const id = newId('ticket')
      const code = this.codeOf(organizationId, event.id, id)
      const entity: TicketEntity = {
        ...{ id, status: 'VALID', codeHash: hashTicketCode(code), recordVersion: 1 },
        ...{ ticketType: { id: event.ticketTypes[0]?.id ?? '' }, event: { id: event.id } },
        ...more,
      }
      keep('Ticket', organizationId, entity)
      return { entity, code }
    },
    /** Changes what participants knows of a ticket. */
    keepTicket: (organizationId: string, entity: TicketEntity) => keep('Ticket', organizationId, entity),
    /** A genuine code for a ticket, whether there is such a ticket or not. */
    codeOf(organizationId: string, eventId: string, ticketId: string, issue = 1): string {
      const { id: keyId, privateKey } = keyOf(organizationId)
      return signTicketCode({ ticketId, eventId, organizationId, issue, keyId, privateKey })
    },
  }
}

let made = 0

/** A zone as events describes it. */
export function zone(more: Partial<EventEntity['zones'][number]> = {}): EventEntity['zones'][number] {
  made += 1
  return {
    ...{ id: newId('zone'), name: `Zone ${made}`, capacity: null, enforcement: 'SOFT', entryPolicy: null },
    ...{ antiPassback: 'HARD', passbackTimeoutSeconds: null, closesAt: null, parent: null, recordVersion: 1 },
    ...more,
  }
}

/** A ticket type as events describes it. */
export function ticketType(
  more: Partial<EventEntity['ticketTypes'][number]> = {},
): EventEntity['ticketTypes'][number] {
  return {
    ...{ id: newId('ticketType'), name: 'General', entryPolicy: 'AFTER_EXIT', zones: [] },
    ...{ validFrom: null, validUntil: null, dailyFrom: null, dailyUntil: null, recordVersion: 1 },
    ...more,
  }
}
