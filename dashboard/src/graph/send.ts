import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type Answer, hasCode, readAnswer, unreachable } from './answer.ts'
import { type ClientIdentity, identityHeaders } from './client-identity.ts'
import { trustedDocument } from './trusted-document.ts'
import { UNKNOWN_DOCUMENT, type UnknownDocuments } from './unknown-documents.ts'

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
export type Send = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options?: SendOptions,
) => Promise<Answer<Data>>

export interface SendParts {
  url: string
  fetch: typeof globalThis.fetch
  now: () => number
  onClock: (reading: ClockReading) => void
  client: ClientIdentity
  unknown: UnknownDocuments
}

const DEADLINE_MS = 10_000

/** No cache on purpose: every number on the page is either pushed or asked for anew. */
export function createSend({ url, fetch, now, onClock, client, unknown }: SendParts): Send {
  const headers = {
    ...identityHeaders(client),
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
  }
  const post = async <Data>(body: object, options: SendOptions): Promise<Answer<Data>> => {
    const { accessToken, deadlineMs = DEADLINE_MS } = options
    const sentAt = now()
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(deadlineMs),
    })
    const dateMs = Date.parse(response.headers.get('date') ?? '')
    if (!Number.isNaN(dateMs)) onClock({ sentAt, receivedAt: now(), dateMs })
    return readAnswer<Data>(response)
  }
  return async <Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options: SendOptions = {},
  ) => {
    const { documentId } = trustedDocument(document)
    try {
      const answer = await post<Data>({ documentId, variables }, options)
      unknown.note(documentId, !hasCode(answer.problems, UNKNOWN_DOCUMENT))
      return answer
    } catch (error) {
      return unreachable(error instanceof Error ? error.message : String(error))
    }
  }
}
