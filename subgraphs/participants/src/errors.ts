import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'

/** The expected outcome "no place is left". */
export interface SoldOutProblem {
  readonly __typename: 'SoldOut'
  readonly message: string
  readonly ticketTypeId: string
}

/** The ticket type's quota, or the event's capacity, is used up. */
export function soldOut(ticketTypeId: string, what: 'quota' | 'capacity', limit: number): SoldOutProblem {
  const places = limit.toLocaleString('en-GB')
  const message =
    what === 'quota'
      ? `This ticket type is sold out: its quota is ${places}.`
      : `The event is full: its capacity is ${places}.`
  return { __typename: 'SoldOut', message, ticketTypeId }
}

/** SUBGRAPH_UNAVAILABLE: what is asked about is not known here, and events cannot be asked now. */
export function eventsUnavailable(): GraphQLError {
  return fail('SUBGRAPH_UNAVAILABLE', 'Whether this event exists cannot be found out now; try again.')
}
