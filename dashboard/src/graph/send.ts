import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type AnyVariables, Client, fetchExchange } from '@urql/core'
import type { DocumentNode } from 'graphql'
import { type Answer, problemsOf } from './answer.ts'

/** One exchange with the server, to measure its clock by: all three in milliseconds since 1970. */
export interface ClockReading {
  /** Local clock when the request left. */
  sentAt: number
  /** Local clock when the answer came. */
  receivedAt: number
  /** The answer's `Date` header, which cuts off the milliseconds. */
  dateMs: number
}

export interface SendOptions {
  accessToken?: string
  /** After this the request counts as unreachable. */
  deadlineMs?: number
}

/** Sends one query or mutation and waits for its answer; never throws. */
export type Send = <Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options?: SendOptions,
) => Promise<Answer<Data>>

export interface SendParts {
  url: string
  fetch: typeof globalThis.fetch
  now: () => number
  onClock: (reading: ClockReading) => void
}

const DEADLINE_MS = 10_000

/** No cache on purpose: every number on the page is either pushed or asked for anew. */
export function createSend({ url, fetch, now, onClock }: SendParts): Send {
  const timedFetch = (deadlineMs: number): typeof fetch => {
    return async (input, init) => {
      const signals = [AbortSignal.timeout(deadlineMs), ...(init?.signal ? [init.signal] : [])]
      const sentAt = now()
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) })
      const dateMs = Date.parse(response.headers.get('date') ?? '')
      if (!Number.isNaN(dateMs)) onClock({ sentAt, receivedAt: now(), dateMs })
      return response
    }
  }
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false })
  return async (document, variables, { accessToken, deadlineMs = DEADLINE_MS } = {}) => {
    const context = {
      fetch: timedFetch(deadlineMs),
      fetchOptions: { headers: accessToken ? { authorization: `Bearer ${accessToken}` } : {} },
    }
    const source = isMutation(document)
      ? client.mutation(document, variables, context)
      : client.query(document, variables, context)
    const { data, error } = await source.toPromise()
    return { data, problems: problemsOf(error) }
  }
}

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    (one) => one.kind === 'OperationDefinition' && one.operation === 'mutation',
  )
}
