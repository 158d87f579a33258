/** A request as a client sent it. */
export interface SentRequest {
  readonly method: string
  readonly headers: Headers
  /** What it asks for, of its body or its address. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Status of the answer. */
  readonly status: number
}

function payloadOf(url: URL, body: unknown): Record<string, unknown> {
  if (typeof body === 'string') return JSON.parse(body) as Record<string, unknown>
  const pairs = [...url.searchParams].map(([name, value]) => [
    name,
    name === 'variables' || name === 'extensions' ? JSON.parse(value) : value,
  ])
  return Object.fromEntries(pairs) as Record<string, unknown>
}

/** A `fetch` that sends what it gets as it is, and remembers it. @param added headers that a browser would add */
export function recordedFetch(added: Readonly<Record<string, string>> = {}) {
  const sent: SentRequest[] = []
  const recording: typeof fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers)
    for (const [name, value] of Object.entries(added)) headers.set(name, value)
    const response = await fetch(input, { ...init, headers })
    const payload = payloadOf(new URL(String(input)), init.body)
    sent.push({ method: init.method ?? 'GET', headers, payload, status: response.status })
    return response
  }
  return {
    fetch: recording,
    sent,
    /** Each request in a few words: its method, and what it names or carries its document by. */
    summary: () =>
      sent.map(({ method, payload }) =>
        [
          method,
          ...(['query', 'documentId', 'doc_id', 'id'] as const).filter((name) => payload[name] !== undefined),
          ...(payload.extensions && 'persistedQuery' in (payload.extensions as object) ? ['hash'] : []),
        ].join(' '),
      ),
  }
}
