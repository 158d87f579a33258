import { fieldChecks, notFound } from '@headcount/errors'
import type { SetGateStatusInput } from '../generated/resolvers.ts'
import type { GateDecision, GateGround } from '../store/gate-writes.ts'
import type { GateRow } from './ground.ts'
import type { Changer, GateChanges } from './upsert-gate.ts'

type Answer = ({ readonly __typename: 'Gate' } & GateRow) | ReturnType<typeof notFound>

/** Gives a gate another state; the change and its reason stand in the ledger. The same state again changes nothing. */
export async function setGateStatus(
  { store, publisher, gatePublisher, now }: Omit<GateChanges, 'learner'>,
  changer: Changer,
  input: SetGateStatusInput,
) {
  const checks = fieldChecks()
  if (input.reason != null) checks.text('reason', input.reason, { minimum: 0, maximum: 500 })
  const problem = checks.problem()
  if (problem) return problem
  const { organizationId } = changer
  const [known] = await store.gatesById(organizationId, [input.gateId])
  if (!known) return notFound('gate')
  const key = { organizationId, eventId: known.eventId, at: now() }
  const result = await store.changeGate(key, (ground) => decide(ground, input, changer))
  if (!result) return notFound('gate')
  if (result.hasChanged) publisher.changed(known.eventId)
  if (result.gate) gatePublisher.changed([result.gate])
  return result.answer
}

function decide(ground: GateGround, input: SetGateStatusInput, { actor }: Changer): GateDecision<Answer> {
  const before = ground.gates.find(({ id }) => id === input.gateId)
  if (!before) return { answer: notFound('gate') }
  if (before.status === input.status) return { answer: { __typename: 'Gate', ...before } }
  const gate: GateRow = { ...before, status: input.status, version: before.version + 1 }
  const detail = { from: before.status, to: gate.status, reason: input.reason?.trim() || null }
  return {
    answer: { __typename: 'Gate', ...gate },
    gate,
    entry: { kind: 'GATE_STATUS', actor, gateId: gate.id, detail },
  }
}
