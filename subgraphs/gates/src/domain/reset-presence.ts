import { notFound, validationError } from '@headcount/errors'
import type { ResetPresenceInput } from '../generated/resolvers.ts'
import {
  checkReason,
  type Keyed,
  KeyTaken,
  keyConflict,
  keyedOf,
  type SecondWordParts,
} from './second-word.ts'
import type { Changer } from './upsert-gate.ts'

/** Takes bodies out: of a zone and all that lies in it, or those of one credential. */
export async function resetPresence(parts: SecondWordParts, changer: Changer, input: ResetPresenceInput) {
  const problem = checkReason(input.reason, input.idempotencyKey) ?? checkOne(input)
  if (problem) return problem
  const { store, now } = parts
  const reason = input.reason.trim()
  const body = ['resetPresence', input.zoneId ?? null, input.credentialId ?? null, reason]
  const keyed = input.idempotencyKey == null ? undefined : keyedOf(changer, input.idempotencyKey, body)
  const answered = keyed && (await answeredTo(parts, keyed, { input, reason }))
  if (answered) return answered
  const what = await findWhat(parts, changer, input)
  if (!what) return notFound(input.zoneId == null ? 'credential' : 'zone')
  const { organizationId, actor } = changer
  const at = now()
  const key = { organizationId, eventId: what.eventId }
  try {
    const row = await store.resetPresence({
      ...{ ...key, what: what.what, kind: 'RESET', day: null, actor, reason, at, keyed },
    })
    if (!row) return notFound('event')
    parts.publisher.changed(key.eventId)
    return answerOf({ input, reason }, { ...row, at })
  } catch (error) {
    // Another call with the same key was faster: its answer stands.
    if (!keyed || !(error instanceof KeyTaken)) throw error
    const answer = await answeredTo(parts, keyed, { input, reason })
    if (!answer) throw error
    return answer
  }
}

interface Asked {
  readonly input: ResetPresenceInput
  readonly reason: string
}

function checkOne({ zoneId, credentialId }: ResetPresenceInput) {
  if ((zoneId == null) !== (credentialId == null)) return undefined
  const message = 'Give one of zoneId and credentialId.'
  return validationError({ path: zoneId == null ? 'zoneId' : 'credentialId', message })
}

async function findWhat(
  { store }: SecondWordParts,
  { organizationId }: Changer,
  { zoneId, credentialId }: ResetPresenceInput,
) {
  if (zoneId != null) {
    const [zone] = await store.zonesById(organizationId, [zoneId])
    return zone && { eventId: zone.eventId, what: { place: zone.id } }
  }
  const [ticket] = await store.ticketsById(organizationId, [credentialId ?? ''])
  return ticket && { eventId: ticket.eventId, what: { credentialId: ticket.id } }
}

async function answeredTo({ store, now }: SecondWordParts, keyed: Keyed, asked: Asked) {
  const before = await store.answeredTo(keyed, now())
  if (!before) return undefined
  if (before === 'other body') return keyConflict(keyed)
  const [row] = await store.ledgerEntries(keyed.organizationId, [before])
  return row && answerOf(asked, { ledgerSeq: row.ledgerSeq, bodies: row.bodies ?? 0, at: row.recordedAt })
}

function answerOf(
  { input, reason }: Asked,
  row: { readonly ledgerSeq: number; readonly bodies: number; readonly at: Date },
) {
  return {
    __typename: 'PresenceReset' as const,
    ...row,
    reason,
    zone: input.zoneId == null ? null : { id: input.zoneId },
    credential: input.credentialId == null ? null : { id: input.credentialId },
  }
}
