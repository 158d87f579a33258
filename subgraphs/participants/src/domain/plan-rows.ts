import { type ValidationError, validationError } from '@headcount/errors'
import type { SoldOutProblem } from '../errors.ts'
import type { RegistrationRowStatus, RegistrationStatus } from '../generated/resolvers.ts'
import type { RegistrationRow } from '../store/rows.ts'
import type { Holder } from './check-input.ts'
import type { PlaceBook } from './places.ts'

/** A row that was checked. */
export interface GoodRow extends Holder {
  readonly externalId: string
  readonly ticketTypeId: string
  readonly status: RegistrationRowStatus
  /** Where it stands in the input: `rows.7`. */
  readonly path: string
}

/** A row that was refused before anything was looked up. */
export interface BadRow {
  readonly externalId: string
  readonly error: ValidationError
}

/** What became of a row. */
export interface RowOutcome {
  readonly externalId: string
  readonly registration?: RegistrationRow
  readonly error?: ValidationError | SoldOutProblem
}

/** What the rows come to. */
export interface RowPlan {
  /** Registrations to make, as they are after the last row. */
  readonly created: RegistrationRow[]
  /** Registrations to change, as they are after the last row. */
  readonly changed: RegistrationRow[]
  /** One for each row, in their order. */
  readonly outcomes: RowOutcome[]
}

/** What the rows are held against. */
export interface Ground {
  /** The registrations that exist, by the caller's key. */
  readonly existing: ReadonlyMap<string, RegistrationRow>
  /** What a new registration would be, by the caller's key. */
  readonly drafts: ReadonlyMap<string, RegistrationRow>
  /** The places that are left. */
  readonly places: PlaceBook
}

/**
 * Applies the rows one after the other, so that it makes no difference how they are split into calls: the first row
 * of a key makes the registration, a later one changes its holder or confirms it. A row that was confirmed never
 * becomes PENDING again, so that an old row that comes late undoes nothing.
 */
export function planRows(rows: readonly (GoodRow | BadRow)[], ground: Ground): RowPlan {
  const { existing, drafts, places } = ground
  const state = new Map(existing)
  const outcomes = rows.map((row): RowOutcome => {
    const { externalId } = row
    if ('error' in row) return row
    const before = state.get(externalId)
    const after = before ? changedBy(row, before) : createdBy(row, drafts, places)
    if (after.__typename !== 'Registration') return { externalId, error: after }
    state.set(externalId, after)
    return { externalId, registration: after }
  })
  const touched = [...state.entries()].filter(([externalId, row]) => row !== existing.get(externalId))
  return {
    created: touched.filter(([externalId]) => !existing.has(externalId)).map(([, row]) => row),
    changed: touched.filter(([externalId]) => existing.has(externalId)).map(([, row]) => row),
    outcomes: outcomes.map((outcome) => inLastState(outcome, state)),
  }
}

/** Two rows of one key in a call answer the same registration: as it is after both. */
function inLastState(outcome: RowOutcome, state: ReadonlyMap<string, RegistrationRow>): RowOutcome {
  const registration = outcome.registration && state.get(outcome.externalId)
  return registration ? { ...outcome, registration } : outcome
}

function createdBy(
  row: GoodRow,
  drafts: ReadonlyMap<string, RegistrationRow>,
  places: PlaceBook,
): RegistrationRow | SoldOutProblem {
  const draft = drafts.get(row.externalId)
  if (!draft) throw new Error('a new registration was not prepared')
  const { ticketTypeId, holderName, holderEmail, status } = row
  return places.take(ticketTypeId) ?? { ...draft, ticketTypeId, holderName, holderEmail, status }
}

function changedBy(row: GoodRow, before: RegistrationRow): RegistrationRow | ValidationError {
  if (before.status === 'CANCELLED') {
    const message = 'This registration is CANCELLED; give another externalId to register again.'
    return validationError({ path: `${row.path}.externalId`, message })
  }
  if (before.ticketTypeId !== row.ticketTypeId) {
    const message = `The registration is of ticket type ${before.ticketTypeId}, which cannot be changed.`
    return validationError({ path: `${row.path}.ticketTypeId`, message })
  }
  const status: RegistrationStatus = before.status === 'CONFIRMED' ? 'CONFIRMED' : row.status
  const { holderName, holderEmail } = row
  const isSame =
    status === before.status && holderName === before.holderName && holderEmail === before.holderEmail
  return isSame ? before : { ...before, status, holderName, holderEmail }
}
