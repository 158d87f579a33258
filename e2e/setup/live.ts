import { createClient, type FormattedExecutionResult } from 'graphql-ws'
import { WebSocket } from 'ws'

/** A subscription that is open. */
export interface Live<Data> {
  /** What came so far. */
  readonly messages: readonly FormattedExecutionResult<Data, unknown>[]
  /** Resolves when the server ended it: with the errors it gave, or with none. */
  readonly ended: Promise<unknown>
  close(): Promise<void>
}

/** Subscribes over a WebSocket, without trying again. */
export function subscribe<Data>(
  url: string,
  token: string | undefined,
  operation: { readonly query: string; readonly variables?: Record<string, unknown> },
): Live<Data> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { accessToken: token } }),
  })
  const messages: FormattedExecutionResult<Data, unknown>[] = []
  const ended = new Promise<unknown>((resolve) => {
    client.subscribe<Data, unknown>(operation, {
      next: (message) => messages.push(message),
      error: resolve,
      complete: () => resolve(undefined),
    })
  })
  return { messages, ended, close: async () => client.dispose() }
}
