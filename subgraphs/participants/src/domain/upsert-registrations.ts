import type { Viewer } from '@headcount/access'
import { fail, fieldChecks } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { RegistrationRowInput, UpsertRegistrationsInput } from '../generated/resolvers.ts'
import type { Changes } from '../store/changes.ts'
import type { RegistrationRow, TicketRow } from '../store/rows.ts'
import { checkExternalId, checkHolder, holderOf } from './check-input.ts'
import type { Found } from './find-events.ts'
import { newTickets } from './new-tickets.ts'
import { findOpenEvent } from './open-event.ts'
import { createPlaceBook } from './places.ts'
import { type BadRow, type GoodRow, planRows, type RowOutcome } from './plan-rows.ts'
import { noSuchTicketType } from './register.ts'
import type { Tools } from './tools.ts'

const MOST_ROWS = 500

/**
 * Makes or changes up to 500 registrations by the caller's own keys, in one transaction with the places that they
 * take. A row that is refused does not stop the others; the same rows again change nothing.
 */
export async function upsertRegistrations(
  tools: Tools,
  viewer: Viewer,
  { eventId, rows }: UpsertRegistrationsInput,
): Promise<RowOutcome[]> {
  if (rows.length < 1 || rows.length > MOST_ROWS) {
    throw fail('BAD_USER_INPUT', `rows takes 1 to ${MOST_ROWS} rows; it has ${rows.length}.`)
  }
  const { organizationId } = viewer
  const ticketTypeIds = [...new Set(rows.map((row) => row.ticketTypeId))]
  const wanted = { organizationId, eventId, ticketTypeIds, mayManage: true }
  const open = await findOpenEvent(tools.finder, wanted)
  if (!('event' in open)) return rows.map(({ externalId }) => ({ externalId, error: open }))
  const checked = rows.map((row, index) => checkRow(row, `rows.${index}`, open.ticketTypes))
  const drafts = await draftsOf(tools, { organizationId, eventId }, checked)
  const work = (changes: Changes) => writeRows(changes, { organizationId, eventId }, { checked, drafts })
  return tools.lanes.run(eventId, () => tools.store.change(work))
}

interface EventKey {
  readonly organizationId: string
  readonly eventId: string
}

interface Draft {
  readonly registration: RegistrationRow
  readonly ticket: TicketRow
}

interface Prepared {
  readonly checked: readonly (GoodRow | BadRow)[]
  readonly drafts: ReadonlyMap<string, Draft>
}

function checkRow(
  row: RegistrationRowInput,
  path: string,
  ticketTypes: Found['ticketTypes'],
): GoodRow | BadRow {
  const checks = fieldChecks()
  checkExternalId(checks, row.externalId, `${path}.externalId`)
  checkHolder(checks, row.holder, `${path}.holder`)
  const error = checks.problem()
  if (error) return { externalId: row.externalId, error }
  const { ticketTypeId, status } = row
  if (!ticketTypes.has(ticketTypeId)) {
    return { externalId: row.externalId, error: noSuchTicketType(`${path}.ticketTypeId`) }
  }
  const externalId = row.externalId.trim()
  return { externalId, ticketTypeId, status: status ?? 'CONFIRMED', path, ...holderOf(row.holder) }
}

/** Signs before the lock is taken, for the keys that are new now: those that others take meanwhile are not used. */
async function draftsOf(
  { store, keys, now }: Tools,
  { organizationId, eventId }: EventKey,
  checked: Prepared['checked'],
): Promise<Map<string, Draft>> {
  const good = new Map(checked.flatMap((row) => ('error' in row ? [] : [[row.externalId, row]])))
  const taken = await store.takenExternalIds(eventId, [...good.keys()])
  const registeredAt = now()
  const registrations = [...good.values()]
    .filter((row) => !taken.has(row.externalId))
    .map(
      ({ path, ...row }): RegistrationRow => ({
        __typename: 'Registration',
        id: newId('registration', registeredAt.getTime()),
        ...{ organizationId, eventId, userId: null, registeredAt },
        ...row,
      }),
    )
  const tickets = await newTickets(keys, organizationId, registrations)
  const ticketOf = new Map(tickets.map((ticket) => [ticket.registrationId, ticket]))
  return new Map(
    registrations.flatMap((registration): [string, Draft][] => {
      const ticket = ticketOf.get(registration.id)
      return ticket && registration.externalId !== null
        ? [[registration.externalId, { registration, ticket }]]
        : []
    }),
  )
}

async function writeRows(
  changes: Changes,
  event: EventKey,
  { checked, drafts }: Prepared,
): Promise<RowOutcome[]> {
  const good = checked.filter((row) => !('error' in row)) as GoodRow[]
  if (good.length === 0) return planRows(checked, nothing).outcomes
  const ticketTypeIds = [...new Set(good.map((row) => row.ticketTypeId))]
  const places = createPlaceBook(await changes.lockPlaces(event.eventId, ticketTypeIds))
  const externalIds = [...new Set(good.map((row) => row.externalId))]
  const rows = await changes.registrationsByExternalId(event.eventId, externalIds)
  const plan = planRows(checked, {
    existing: new Map(rows.map((row) => [row.externalId ?? '', row])),
    drafts: new Map([...drafts].map(([externalId, draft]) => [externalId, draft.registration])),
    places,
  })
  if (plan.created.length > 0) {
    await changes.insertRegistrations(plan.created)
    await changes.insertTickets(plan.created.flatMap((row) => firstTicketOf(row, drafts)))
    await changes.addPlaces(event, places.taken)
  }
  if (plan.changed.length > 0) {
    await changes.updateRegistrations(plan.changed)
    await changes.followRegistrations(plan.changed)
  }
  return plan.outcomes
}

/** The prepared ticket, with the holder and the state that the last row of the key gave. */
function firstTicketOf(row: RegistrationRow, drafts: Prepared['drafts']): TicketRow[] {
  const draft = drafts.get(row.externalId ?? '')
  if (!draft) return []
  const { ticketTypeId, holderName, holderEmail } = row
  const status = row.status === 'PENDING' ? 'PENDING' : 'VALID'
  return [{ ...draft.ticket, ticketTypeId, holderName, holderEmail, status }]
}

const nothing = {
  existing: new Map(),
  drafts: new Map(),
  places: createPlaceBook({ event: { registered: 0, limit: 0 }, ticketTypes: new Map() }),
}
