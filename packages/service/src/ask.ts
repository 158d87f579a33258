import { leanFetchHeader, leanFetchValue, serviceViewer, signViewer, viewerHeader } from '@headcount/access'
import { Agent, request } from 'undici'
import type { SubgraphAnswer, SubgraphRequest } from './service.ts'

/** Where a service is: in this process, or at an address. */
export type Placement =
  | { readonly execute: (request: SubgraphRequest) => Promise<SubgraphAnswer> }
  | { readonly url: string }

/** A question to another service. */
export interface Question {
  /** Whom to ask. */
  readonly service: string
  /** The tenant in whose name; the other service answers within it only. */
  readonly organizationId: string
  /** The document. */
  readonly query: string
  /** Its variables. */
  readonly variables?: Readonly<Record<string, unknown>>
  /** After how many milliseconds to give up. Default 500. */
  readonly deadlineMs?: number
}

/**
 * Asks another service once and answers its `data`. Rejects with ServiceUnavailable when it did not answer in time
 * or answered with errors: the caller then decides by what it knows.
 */
export type Ask = <Data extends object = Record<string, unknown>>(question: Question) => Promise<Data>

/** Another service did not answer a question in time, or could not. */
export class ServiceUnavailable extends Error {
  /** The service that was asked. */
  readonly service: string

  constructor(service: string, reason: string) {
    super(`${service} did not answer: ${reason}`)
    this.name = 'ServiceUnavailable'
    this.service = service
  }
}

/** What {@link createAsk} needs. */
export interface AskOptions {
  /** The service that asks. */
  readonly from: string
  /** Where the others are; looked up at each question, so that the map may be filled later. */
  readonly placements: ReadonlyMap<string, Placement>
  /** Signs the viewer for services at an address. */
  readonly viewerSecret: string
}

const DEFAULT_DEADLINE_MS = 500
// One pool for all questions of this process; the receiving side keeps idle connections longer than this.
const agent = new Agent({ connections: 32, keepAliveTimeout: 10_000, connect: { timeout: 400 } })

/** Makes the function with which the service `from` asks the others. */
export function createAsk({ from, placements, viewerSecret }: AskOptions): Ask {
  return async <Data extends object>(question: Question): Promise<Data> => {
    const placement = placements.get(question.service)
    if (!placement) throw new ServiceUnavailable(question.service, 'it is not placed anywhere')
    const asked: SubgraphRequest = {
      query: question.query,
      variables: question.variables,
      viewer: serviceViewer(from, question.organizationId),
      requestId: `${from}-asks`,
    }
    const deadlineMs = question.deadlineMs ?? DEFAULT_DEADLINE_MS
    const answer =
      'url' in placement
        ? askOverHttp(placement.url, asked, { deadlineMs, viewerSecret })
        : placement.execute(asked)
    const { data, errors } = await withinDeadline(answer, question.service, deadlineMs)
    if (errors?.length || !data)
      throw new ServiceUnavailable(question.service, errors?.[0]?.message ?? 'no data')
    return data as Data
  }
}

async function askOverHttp(
  url: string,
  asked: SubgraphRequest,
  { deadlineMs, viewerSecret }: { deadlineMs: number; viewerSecret: string },
): Promise<SubgraphAnswer> {
  const response = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      'content-type': 'application/json',
      'x-request-id': asked.requestId,
      [leanFetchHeader]: leanFetchValue,
      [viewerHeader]: signViewer(asked.viewer, viewerSecret),
    },
    body: JSON.stringify({ query: asked.query, variables: asked.variables }),
    signal: AbortSignal.timeout(deadlineMs),
  })
  return (await response.body.json()) as SubgraphAnswer
}

async function withinDeadline(
  answer: Promise<SubgraphAnswer>,
  service: string,
  deadlineMs: number,
): Promise<SubgraphAnswer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ServiceUnavailable(service, `not within ${deadlineMs} ms`)),
      deadlineMs,
    )
  })
  try {
    return await Promise.race([answer, late])
  } catch (error) {
    if (error instanceof ServiceUnavailable) throw error
    throw new ServiceUnavailable(service, error instanceof Error ? error.message : 'unknown fault')
  } finally {
    clearTimeout(timer)
  }
}
