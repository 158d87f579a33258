import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A stream that a client asked for. */
export interface AskedStream {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly url: URL
  readonly body: { query?: string; variables?: object; extensions?: object }
  readonly response: ServerResponse
  /** Sends a result, with its position as `id`. */
  readonly next: (seq: number, more?: object) => void
  readonly write: (text: string) => void
  isLeft: boolean
}

/** Answers every request as `refuses` says, or with a stream of events in which nothing happens by itself. */
export async function openEventStreamDoor(
  refuses: (
    asked: AskedStream,
  ) => { status: number; headers?: Record<string, string>; body?: object } | undefined = () => undefined,
) {
  const streams: AskedStream[] = []
  const http = createServer(async (request, response) => {
    let text = ''
    for await (const piece of request) text += piece
    const write = (piece: string) => void response.write(piece)
    const asked: AskedStream = {
      method: request.method ?? '',
      headers: request.headers,
      url: new URL(request.url ?? '/', 'http://door'),
      body: text === '' ? {} : JSON.parse(text),
      response,
      write,
      next: (seq, more = {}) =>
        write(`id: ${seq}\nevent: next\ndata: ${JSON.stringify({ data: { counts: { seq } }, ...more })}\n\n`),
      isLeft: false,
    }
    response.on('close', () => {
      asked.isLeft = true
    })
    streams.push(asked)
    const refusal = refuses(asked)
    if (refusal) {
      response.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers })
      response.end(refusal.body ? JSON.stringify(refusal.body) : undefined)
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.write(':\n\n')
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/graphql`,
    streams,
    close: () => {
      http.closeAllConnections()
      return new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}
