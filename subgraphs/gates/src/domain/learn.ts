import type { Ask, Parts } from '@headcount/service'
import { readTicketCode, type TicketCode, verifyTicketCode } from '@headcount/ticket-code'
import DataLoader from 'dataloader'
import type { DeviceWord, EventKey } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { CodeWord } from './attempt.ts'
import type { GatePublisher } from './publish-gate.ts'
import type { OccupancyPublisher } from './publish-occupancy.ts'
import {
  type DeviceEntity,
  deviceOf,
  deviceQuestion,
  type EventEntity,
  eventQuestion,
  groundOf,
  type TicketEntity,
  type TicketKeyEntity,
  ticketOf,
  ticketQuestion,
} from './questions.ts'

/** Whether the owner could be asked. What it said is kept by then. */
export type Learned = 'answered' | 'unreachable'

/** Asks other services for what is lacking here, once, within 500 ms, and keeps the answer. */
export interface Learner {
  /** An event with its zones and ticket types, from events. */
  event(key: EventKey): Promise<Learned>
  /** A device, from auth. */
  device(organizationId: string, deviceId: string): Promise<Learned>
  /** A ticket, from participants. */
  ticket(organizationId: string, ticketId: string): Promise<Learned>
  /** What a code is that no kept ticket has: its signature is checked, and participants asked for its ticket. */
  code(organizationId: string, code: string): Promise<CodeWord>
}

/** What a learner needs. */
export interface LearnerOptions {
  readonly store: Store
  readonly ask: Ask
  readonly publisher: OccupancyPublisher
  readonly gatePublisher: GatePublisher
  readonly log: Parts['log']
  readonly now: () => Date
}

interface Key {
  readonly organizationId: string
  readonly id: string
}

/** Makes a learner. What is wanted in one turn of the loop is one question a tenant; nothing is remembered. */
export function createLearner(options: LearnerOptions): Learner {
  const events = byTenant((organizationId, ids) => learnEvents(options, organizationId, ids))
  const devices = byTenant((organizationId, ids) => learnDevices(options, organizationId, ids))
  const tickets = byTenant((organizationId, ids) => learnTickets(options, organizationId, ids))
  const codes = byTenant((organizationId, ids) => learnCodes(options, organizationId, ids))
  return {
    event: ({ organizationId, eventId }) => events.load({ organizationId, id: eventId }),
    device: (organizationId, id) => devices.load({ organizationId, id }),
    ticket: (organizationId, id) => tickets.load({ organizationId, id }),
    code: (organizationId, id) => codes.load({ organizationId, id }),
  }
}

function byTenant<Answer>(
  learn: (organizationId: string, ids: readonly string[]) => Promise<readonly Answer[]>,
): DataLoader<Key, Answer> {
  const load = async (keys: readonly Key[]) => {
    const answers = new Map<Key, Answer>()
    for (const [organizationId, group] of Map.groupBy(keys, (key) => key.organizationId)) {
      const ids = group.map(({ id }) => id)
      const learned = await learn(organizationId, ids)
      for (const [index, key] of group.entries()) answers.set(key, learned[index] as Answer)
    }
    return keys.map((key) => answers.get(key) as Answer)
  }
  return new DataLoader(load, { cache: false, maxBatchSize: 200 })
}

interface Entities<Entity> {
  _entities: (Entity | null)[]
}

async function learnEvents(options: LearnerOptions, organizationId: string, ids: readonly string[]) {
  const { ask, store, publisher, log, now } = options
  const representations = [...new Set(ids)].map((id) => ({ __typename: 'Event', id }))
  try {
    const { _entities } = await ask<Entities<EventEntity>>({
      ...eventQuestion,
      organizationId,
      variables: { representations },
    })
    for (const entity of _entities) {
      if (!entity) continue
      const key = { organizationId, eventId: entity.id }
      if (await store.keepGround({ ...key, at: now() }, groundOf(entity, organizationId))) {
        publisher.changed(entity.id)
      }
    }
    return ids.map((): Learned => 'answered')
  } catch (err) {
    log.warn({ err, ids }, 'events could not be asked')
    return ids.map((): Learned => 'unreachable')
  }
}

async function learnDevices(
  { ask, store, gatePublisher, log }: LearnerOptions,
  organizationId: string,
  ids: readonly string[],
) {
  const representations = [...new Set(ids)].map((id) => ({ __typename: 'Device', id }))
  try {
    const { _entities } = await ask<Entities<DeviceEntity>>({
      ...deviceQuestion,
      organizationId,
      variables: { representations },
    })
    const devices = _entities.map((entity) => entity && deviceOf(entity, organizationId))
    gatePublisher.changed(
      await store.keepDevices(devices.filter((device): device is DeviceWord => device !== null)),
    )
    return ids.map((): Learned => 'answered')
  } catch (err) {
    log.warn({ err, ids }, 'auth could not be asked')
    return ids.map((): Learned => 'unreachable')
  }
}

async function learnCodes(options: LearnerOptions, organizationId: string, codes: readonly string[]) {
  const reads = codes.map((code) => readTicketCode(code))
  const own = reads.filter((read): read is TicketCode => read.kind === 'code')
  const keys = await keysOf(options, organizationId, own)
  const isGenuine = (read: TicketCode) => {
    const publicKey = keys.get(read.keyId)
    return publicKey !== undefined && verifyTicketCode(read, publicKey)
  }
  // Only a genuine code is worth a question: others could be made up by the thousand.
  const genuine = new Set(own.filter(isGenuine))
  const ticketIds = [...genuine].map(({ ticketId }) => ticketId)
  const learned = ticketIds.length > 0 ? await learnTickets(options, organizationId, ticketIds) : []
  const isConfirmed = !learned.includes('unreachable')
  return reads.map((read): CodeWord => {
    if (read.kind !== 'code') return { kind: 'unknown', isConfirmed: true }
    if (!keys.has(read.keyId)) return { kind: 'unknown', isConfirmed: false }
    if (!genuine.has(read)) return { kind: 'badSignature' }
    return { kind: 'signed', ticketId: read.ticketId, eventId: read.eventId, isConfirmed }
  })
}

/** The public keys of the codes. A key that participants does not know is undefined, one that it could not be asked for is absent. */
async function keysOf(
  options: LearnerOptions,
  organizationId: string,
  codes: readonly TicketCode[],
): Promise<Map<string, string | undefined>> {
  const { store, ask, log } = options
  const ids = [...new Set(codes.map(({ keyId }) => keyId))]
  const kept = await store.ticketKeysById(organizationId, ids)
  const keys = new Map<string, string | undefined>()
  for (const key of kept) if (key) keys.set(key.id, key.publicKey)
  const missing = ids.filter((id) => !keys.has(id))
  if (missing.length === 0) return keys
  try {
    const { _entities } = await ask<Entities<TicketKeyEntity>>({
      ...ticketQuestion,
      organizationId,
      variables: { representations: missing.map((id) => ({ __typename: 'TicketKey', id })) },
    })
    const found = _entities.filter((entity) => entity?.organizationId === organizationId) as TicketKeyEntity[]
    for (const id of missing) keys.set(id, found.find((key) => key.id === id)?.publicKey)
    await store.keepTicketKeys(found)
  } catch (err) {
    log.warn({ err, keyIds: missing }, 'participants could not be asked for keys')
  }
  return keys
}

async function learnTickets(
  { store, ask, log }: LearnerOptions,
  organizationId: string,
  ids: readonly string[],
) {
  const representations = [...new Set(ids)].map((id) => ({ __typename: 'Ticket', id }))
  try {
    const { _entities } = await ask<Entities<TicketEntity>>({
      ...ticketQuestion,
      organizationId,
      variables: { representations },
    })
    await store.keepTickets(_entities.flatMap((entity) => (entity ? ticketOf(entity, organizationId) : [])))
    return ids.map((): Learned => 'answered')
  } catch (err) {
    log.warn({ err, count: ids.length }, 'participants could not be asked for tickets')
    return ids.map((): Learned => 'unreachable')
  }
}
