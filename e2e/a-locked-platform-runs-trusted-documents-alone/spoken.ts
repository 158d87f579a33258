import type { BrowserContext, Page } from 'playwright-core'

/** What the pages of a browser have said to the graph. */
export interface Spoken {
  /** Each operation, over HTTP or in a frame of a WebSocket, as it was sent. */
  readonly operations: readonly SpokenOperation[]
  /** All that was sent, addresses too. */
  readonly texts: readonly string[]
}

/** What stands for an operation where it is sent. */
export interface SpokenOperation {
  readonly query?: string
  readonly documentId?: string
}

/** Listens to all pages that a context opens from here on. */
export function listen(context: BrowserContext): Spoken {
  const operations: SpokenOperation[] = []
  const texts: string[] = []
  context.on('request', (request) => {
    const body = request.postData()
    texts.push(request.url(), body ?? '')
    if (body !== null && new URL(request.url()).pathname === '/graphql') operations.push(JSON.parse(body))
  })
  context.on('page', (page: Page) => {
    page.on('websocket', (socket) => {
      texts.push(socket.url())
      socket.on('framesent', ({ payload }) => {
        texts.push(String(payload))
        const message = JSON.parse(String(payload)) as { type: string; payload: SpokenOperation }
        if (message.type === 'subscribe') operations.push(message.payload)
      })
    })
  })
  return { operations, texts }
}
