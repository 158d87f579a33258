import type { Viewer } from '@headcount/access'
import { fail, fieldChecks, type ValidationError, validationError } from '@headcount/errors'
import { isId, newId } from '@headcount/ids'
import { type Ask, ServiceUnavailable } from '@headcount/service'
import type { Store } from '../store/store.ts'
import { makeEnrolmentToken } from './enrolment-token.ts'

/** The event, the gates and the name of a device to come. */
export interface EnrolmentInput {
  readonly eventId: string
  readonly gateIds: readonly string[]
  readonly name: string
}

/** What making an enrolment needs. */
export interface EnrolmentParts {
  readonly viewer: Viewer
  readonly store: Store
  readonly ask: Ask
  readonly now: () => Date
}

const RETRY_AFTER_MS = 1_000

const gatesQuery = `query Gates($gates: [_Any!]!) { _entities(representations: $gates) { ... on Gate { id event { id } } } }`

interface GatesAnswer {
  readonly _entities: readonly ({
    readonly id: string
    readonly event?: { readonly id: string } | null
  } | null)[]
}

function checkShape({ eventId, gateIds, name }: EnrolmentInput) {
  const checks = fieldChecks()
  checks.text('name', name, { minimum: 1, maximum: 100 })
  checks.that(isId('event', eventId), 'eventId', 'eventId names no event of yours.')
  checks.list('gateIds', gateIds, { minimum: 1, maximum: 50 })
  checks.that(new Set(gateIds).size === gateIds.length, 'gateIds', 'gateIds names a gate twice.')
  return checks.problem()
}

/** The result is a plain DeviceEnrolment, so a refusal is an error; it names the fields all the same. */
function refuse(problem: ValidationError | undefined): void {
  if (problem) throw fail('BAD_USER_INPUT', problem.message, { fields: problem.fields })
}

/** The gates that are not the event's, as far as the tenant can see. Their owner is asked, so that new ones are known. */
async function strangeGates(input: EnrolmentInput, { viewer, ask }: EnrolmentParts): Promise<string[]> {
  const { organizationId } = viewer
  const asked = input.gateIds.filter((id) => isId('gate', id))
  const gates = asked.map((id) => ({ __typename: 'Gate', id }))
  const known = new Set<string>()
  try {
    const question = { service: 'gates', organizationId, query: gatesQuery, variables: { gates } }
    const { _entities } = await ask<GatesAnswer>(question)
    for (const gate of _entities) if (gate?.event?.id === input.eventId) known.add(gate.id)
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error
    const message = 'The gates could not be looked up at this moment; nothing was made. Try again.'
    throw fail('SUBGRAPH_UNAVAILABLE', message, { retryAfterMs: RETRY_AFTER_MS })
  }
  return input.gateIds.filter((id) => !known.has(id))
}

/** Makes an invitation for one device, good for 24 h; its token is shown once and kept as a hash only. */
export async function createDeviceEnrolment(input: EnrolmentInput, parts: EnrolmentParts) {
  refuse(checkShape(input))
  const [strange] = await strangeGates(input, parts)
  if (strange !== undefined) {
    const message = `gateIds takes gates of the event; ${JSON.stringify(strange.slice(0, 60))} is none.`
    refuse(validationError({ path: 'gateIds', message }))
  }
  const { viewer, store } = parts
  const now = parts.now()
  const { enrolmentToken, tokenHash, expiresAt } = makeEnrolmentToken(now)
  await store.enrolments.add({
    id: newId('enrolment', now.getTime()),
    organizationId: viewer.organizationId,
    deviceId: null,
    eventId: input.eventId,
    gateIds: [...input.gateIds],
    name: input.name.trim(),
    tokenHash,
    createdBy: viewer.id,
    expiresAt,
  })
  return { __typename: 'DeviceEnrolment', enrolmentToken, expiresAt } as const
}
