import { createClient } from 'graphql-ws'
import { request } from 'undici'
import { WebSocket } from 'ws'

/** A count as a dashboard shows it. */
export interface ShownCount {
  readonly seq: number
  readonly inside: number
  readonly admitted: number
}

/** Somebody who watches an event's counts and comes back by itself, with the number that it has. */
export interface Dashboard {
  readonly name: string
  /** All that it has shown, in order. */
  readonly counts: readonly ShownCount[]
  /** How often it has connected. */
  connections(): number
  /** Cuts its connection; it stays away until it is mended. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** Whose dashboard it is, and of which event. */
export interface DashboardOptions {
  readonly url: string
  readonly token: string
  readonly eventId: string
  readonly name: string
}

const QUERY = `subscription ($eventId: ID!, $afterSeq: Int) {
  occupancyChanged(eventId: $eventId, minIntervalMs: 100, afterSeq: $afterSeq) { seq inside admitted } }`
const BACK_AFTER_MS = 100

interface Result {
  readonly data?: { readonly occupancyChanged?: ShownCount | null } | null
  readonly errors?: readonly unknown[]
}

/** What both kinds have: counts taken in, and a line that is cut and mended. */
function createLine() {
  const counts: ShownCount[] = []
  let mended = Promise.resolve()
  let resolve: (() => void) | undefined
  return {
    counts,
    take({ data, errors }: Result): void {
      const count = data?.occupancyChanged
      if (!count) throw new Error(`No count came: ${JSON.stringify(errors)}`)
      counts.push(count)
    },
    cut(): void {
      mended = new Promise((done) => {
        resolve = done
      })
    },
    mend: () => resolve?.(),
    async untilMended(): Promise<void> {
      await new Promise((done) => setTimeout(done, BACK_AFTER_MS))
      await mended
    },
  }
}

/** Watches over a WebSocket (graphql-transport-ws); comes back with `afterSeq`. */
export function watchBySocket({ url, token, eventId, name }: DashboardOptions): Dashboard {
  const line = createLine()
  const variables: { eventId: string; afterSeq?: number } = { eventId }
  let socket: WebSocket | undefined
  let connections = 0
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { accessToken: token },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: line.untilMended,
    on: {
      opened(opened) {
        socket = opened as WebSocket
        connections += 1
      },
    },
  })
  client.subscribe<NonNullable<Result['data']>>(
    { query: QUERY, variables },
    {
      next(result) {
        line.take(result as Result)
        // What is sent when it comes back.
        variables.afterSeq = line.counts.at(-1)?.seq ?? 0
      },
      error: (error) => line.take({ errors: [error] }),
      complete: () => undefined,
    },
  )
  return {
    ...{ name: `${name} by WebSocket`, counts: line.counts, connections: () => connections },
    cut() {
      line.cut()
      socket?.terminate()
    },
    mend: line.mend,
    async close() {
      line.mend()
      await client.dispose()
    },
  }
}

/** Watches by an event stream; comes back with `Last-Event-ID`. */
export function watchByEvents(options: DashboardOptions): Dashboard {
  const line = createLine()
  let connections = 0
  let controller = new AbortController()
  let isOver = false
  let lastId: string | undefined

  async function watchOnce(): Promise<void> {
    controller = new AbortController()
    const { body, statusCode } = await openEvents(options, { lastId, signal: controller.signal })
    if (statusCode !== 200) throw new Error(`The event stream was answered with ${statusCode}.`)
    connections += 1
    for await (const { event, id, data } of eventsIn(body)) {
      if (id !== undefined) lastId = id
      if (event === 'next') line.take(JSON.parse(data) as Result)
    }
  }

  async function run(): Promise<void> {
    while (!isOver) {
      // However it ended: it comes back, as a page does.
      await watchOnce().catch(() => undefined)
      if (!isOver) await line.untilMended()
    }
  }

  const running = run()
  return {
    ...{ name: `${options.name} by event stream`, counts: line.counts, connections: () => connections },
    cut() {
      line.cut()
      controller.abort()
    },
    mend: line.mend,
    async close() {
      isOver = true
      line.mend()
      controller.abort()
      await running
    },
  }
}

function openEvents(
  { url, token, eventId }: DashboardOptions,
  { lastId, signal }: { lastId: string | undefined; signal: AbortSignal },
) {
  return request(`${url}/graphql`, {
    method: 'POST',
    signal,
    bodyTimeout: 0,
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(lastId !== undefined && { 'last-event-id': lastId }),
    },
    body: JSON.stringify({ query: QUERY, variables: { eventId } }),
  })
}

interface StreamEvent {
  readonly event: string
  readonly id: string | undefined
  readonly data: string
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation, as far as it is used. */
async function* eventsIn(body: AsyncIterable<Buffer>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => {
          const colon = line.indexOf(':')
          return [line.slice(0, colon), line.slice(colon + 1).trim()] as const
        }),
      )
      yield { event: fields.get('event') ?? 'message', id: fields.get('id'), data: fields.get('data') ?? '' }
    }
  }
}
