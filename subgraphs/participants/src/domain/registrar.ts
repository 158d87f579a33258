import { type ValidationError, validationError } from '@headcount/errors'
import type { SoldOutProblem } from '../errors.ts'
import type { Answered, Before } from '../store/answers.ts'
import type { Changes } from '../store/changes.ts'
import type { RegistrationRow, TicketRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { type Attempt, idOfAttempt } from './attempt.ts'
import type { Lanes } from './lanes.ts'
import { createPlaceBook } from './places.ts'

/** A registration to make, with its ticket, and the attempt that it answers. */
export interface Order {
  readonly attempt: Attempt
  readonly registration: RegistrationRow
  readonly ticket: TicketRow
}

/** How an order ends. */
export type OrderResult = RegistrationRow | SoldOutProblem | ValidationError

/** Takes orders. Those that come together for one event are written together, in the order in which they came. */
export interface Registrar {
  submit(order: Order): Promise<Before<OrderResult>>
}

/** What {@link createRegistrar} needs. */
export interface RegistrarOptions {
  readonly store: Pick<Store, 'changeOnce'>
  readonly lanes: Lanes
  readonly now: () => Date
}

interface Waiting {
  readonly order: Order
  readonly resolve: (before: Before<OrderResult>) => void
  readonly reject: (error: unknown) => void
}

const MOST_TOGETHER = 100

/**
 * Makes the registrar. A rush for one event costs one lock and one commit for up to 100 orders instead of one each;
 * an order that comes alone waits for nothing.
 */
export function createRegistrar({ store, lanes, now }: RegistrarOptions): Registrar {
  const waiting = new Map<string, Waiting[]>()

  function enqueue(eventId: string, entries: Waiting[]): void {
    const queue = waiting.get(eventId)
    if (queue) queue.push(...entries)
    else {
      waiting.set(eventId, entries)
      void lanes.run(eventId, () => serve(eventId))
    }
  }

  async function serve(eventId: string): Promise<void> {
    const { together, later } = nextOf(waiting.get(eventId) ?? [])
    waiting.delete(eventId)
    if (later.length > 0) enqueue(eventId, later)
    try {
      await settle(together)
    } catch (error) {
      // Whatever was wrong with one of them must not be the others' fault.
      for (const entry of together) {
        if (together.length === 1) entry.reject(error)
        else await settle([entry]).catch(entry.reject)
      }
    }
  }

  async function settle(entries: readonly Waiting[]): Promise<void> {
    const orders = entries.map((entry) => entry.order)
    const answers = await store.changeOnce(orders, now(), takePlaces)
    entries.forEach((entry, index) => {
      const answer = answers[index]
      if (answer) entry.resolve(answer)
      else entry.reject(new Error('an order was not answered'))
    })
  }

  return {
    submit: (order) =>
      new Promise((resolve, reject) => enqueue(order.registration.eventId, [{ order, resolve, reject }])),
  }
}

/** The next orders, each of another attempt: the second use of a key finds the first one's answer. */
function nextOf(entries: readonly Waiting[]): { together: Waiting[]; later: Waiting[] } {
  const attempts = new Set<string>()
  const together: Waiting[] = []
  const later: Waiting[] = []
  for (const entry of entries) {
    const attempt = idOfAttempt(entry.order.attempt)
    const isNext = together.length < MOST_TOGETHER && !attempts.has(attempt)
    ;(isNext ? together : later).push(entry)
    attempts.add(attempt)
  }
  return { together, later }
}

/** Writes the orders of one event that find a place, and says why the others do not. */
async function takePlaces(changes: Changes, orders: readonly Order[]): Promise<Answered<OrderResult>[]> {
  const [first] = orders
  if (!first) return []
  const { eventId } = first.registration
  const registrations = orders.map((order) => order.registration)
  const ticketTypeIds = [...new Set(registrations.map((row) => row.ticketTypeId))]
  const places = createPlaceBook(await changes.lockPlaces(eventId, ticketTypeIds))
  const externalIds = registrations.flatMap((row) => row.externalId ?? [])
  const kept = externalIds.length > 0 ? await changes.registrationsByExternalId(eventId, externalIds) : []
  const taken = new Set(kept.map((row) => row.externalId))
  const answers = orders.map(({ registration, ticket }): Answered<OrderResult> => {
    if (registration.externalId !== null && taken.has(registration.externalId)) {
      return { result: externalIdTaken() }
    }
    const soldOut = places.take(registration.ticketTypeId)
    if (soldOut) return { result: soldOut }
    taken.add(registration.externalId)
    return { result: registration, tickets: [ticket] }
  })
  const made = orders.filter((_, index) => answers[index]?.result.__typename === 'Registration')
  if (made.length > 0) {
    await changes.insertRegistrations(made.map((order) => order.registration))
    await changes.insertTickets(made.map((order) => order.ticket))
    await changes.addPlaces(first.registration, places.taken)
  }
  return answers
}

function externalIdTaken(): ValidationError {
  const message = 'Another registration of the event has this externalId.'
  return validationError({ path: 'externalId', message })
}
