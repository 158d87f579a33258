import { conflict, fail, fieldChecks, notFound } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { UpsertGateInput } from '../generated/resolvers.ts'
import type { GateDecision, GateGround } from '../store/gate-writes.ts'
import type { Store } from '../store/store.ts'
import type { Actor } from './attempt.ts'
import type { GateRow } from './ground.ts'
import type { Learner } from './learn.ts'
import type { GatePublisher } from './publish-gate.ts'
import type { OccupancyPublisher } from './publish-occupancy.ts'

/** What the changes of gates need. */
export interface GateChanges {
  readonly store: Store
  readonly learner: Learner
  readonly publisher: OccupancyPublisher
  readonly gatePublisher: GatePublisher
  readonly now: () => Date
}

/** Who changes a gate. */
export interface Changer {
  readonly organizationId: string
  readonly actor: Actor
}

type Answer =
  | ({ readonly __typename: 'Gate' } & GateRow)
  | ReturnType<typeof conflict>
  | ReturnType<typeof notFound>
  | NonNullable<ReturnType<ReturnType<typeof fieldChecks>['problem']>>

/** Makes or changes a gate: the one with the id, or without an id the one of that name. */
export async function upsertGate(
  { store, learner, publisher, gatePublisher, now }: GateChanges,
  changer: Changer,
  input: UpsertGateInput,
): Promise<Answer> {
  const key = { organizationId: changer.organizationId, eventId: input.eventId }
  const attempt = (isLast: boolean) =>
    store.changeGate({ ...key, at: now() }, (ground): GateDecision<Answer | 'lacking'> => {
      if (!isLast && lacksGround(ground, input)) return { answer: 'lacking' }
      return decide(ground, input, changer)
    })
  let result = await attempt(false)
  if (!result || result.answer === 'lacking') {
    const learned = await learner.event(key)
    if (learned === 'unreachable') throw fail('SUBGRAPH_UNAVAILABLE', 'The event cannot be looked up now.')
    result = await attempt(true)
  }
  if (!result || result.answer === 'lacking') return notFound('event')
  if (result.hasChanged) publisher.changed(key.eventId)
  if (result.gate) gatePublisher.changed([result.gate])
  return result.answer
}

/** Whether the input names a zone or a ticket type that events may know by now. */
function lacksGround(ground: GateGround, input: UpsertGateInput): boolean {
  const zoneIds = [input.zoneFromId, input.zoneToId].filter((id) => id != null)
  return (
    zoneIds.some((id) => !ground.zones.some((zone) => zone.id === id)) ||
    (input.ticketTypeIds ?? []).some((id) => !ground.ticketTypes.some((type) => type.id === id))
  )
}

function decide(ground: GateGround, input: UpsertGateInput, changer: Changer): GateDecision<Answer> {
  const problem = check(ground, input)
  if (problem) return { answer: problem }
  const name = input.name.trim()
  const sameName = ground.gates.find((gate) => gate.name === name)
  const before = input.id ? ground.gates.find((gate) => gate.id === input.id) : sameName
  if (input.id && !before) return { answer: notFound('gate') }
  if (sameName && sameName.id !== before?.id)
    return { answer: conflict(`Another gate of the event is called "${name}".`) }
  const wanted = {
    name,
    zoneFromId: input.zoneFromId ?? null,
    zoneToId: input.zoneToId ?? null,
    lanes: input.lanes ?? 1,
    ticketTypeIds: [...new Set(input.ticketTypeIds ?? [])],
  }
  if (before && isSame(before, wanted)) return { answer: { __typename: 'Gate', ...before } }
  const gate: GateRow = {
    ...wanted,
    id: before?.id ?? newId('gate'),
    organizationId: changer.organizationId,
    eventId: input.eventId,
    // A new gate lets people through as soon as the event's state does.
    status: before?.status ?? 'OPEN_BOTH',
    version: (before?.version ?? 0) + 1,
  }
  const entry = { kind: 'GATE_CHANGED', actor: changer.actor, gateId: gate.id, detail: { gate } } as const
  return { answer: { __typename: 'Gate', ...gate }, gate, entry }
}

function isSame(before: GateRow, wanted: Partial<GateRow>): boolean {
  return Object.entries(wanted).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(before[field as keyof GateRow]),
  )
}

function check(ground: GateGround, input: UpsertGateInput) {
  const checks = fieldChecks()
  const { zoneFromId, zoneToId } = input
  const ticketTypeIds = input.ticketTypeIds ?? []
  checks.text('name', input.name, { minimum: 1, maximum: 100 })
  checks.integer('lanes', input.lanes ?? 1, { minimum: 1, maximum: 1000 })
  checks.list('ticketTypeIds', ticketTypeIds, { minimum: 0, maximum: 200 })
  for (const [path, id] of [['zoneFromId', zoneFromId] as const, ['zoneToId', zoneToId] as const]) {
    const isKnown = id == null || ground.zones.some((zone) => zone.id === id)
    checks.that(isKnown, path, `There is no zone "${id}" in the event.`)
  }
  const isLoop = zoneFromId != null && zoneFromId === zoneToId
  checks.that(!isLoop, 'zoneToId', 'A gate leads from one zone to another; both are the same.')
  for (const id of ticketTypeIds) {
    const isKnown = ground.ticketTypes.some((type) => type.id === id)
    checks.that(isKnown, 'ticketTypeIds', `There is no ticket type "${id}" in the event.`)
  }
  return checks.problem()
}
