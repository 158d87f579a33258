import type { ServerResponse } from 'node:http'
import type { Exchange } from '../exchange.ts'
import type { StreamGate } from './stream-gate.ts'

/** Writes one piece; resolves when the operating system took it, with whether more can follow. */
function write(response: ServerResponse, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!response.writable) return resolve(false)
    response.write(text, (error) => resolve(!error))
  })
}

/**
 * Writes a stream of events, each result with its position as `id`, until it ends or the client goes. Rejects when the
 * stream breaks; then its response is still open.
 */
export async function writeEvents(
  exchange: Exchange,
  body: AsyncGenerator<string>,
  gate: StreamGate,
): Promise<void> {
  const { response, headers } = exchange
  const leave = () => void body.return(undefined)
  // A client that went while its stream was made ready tells of it no more.
  if (response.destroyed) return leave()
  response.once('close', leave)
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  for await (const piece of body) {
    const isResult = piece.startsWith('event: next')
    const id = isResult && gate.seq !== undefined ? `id: ${gate.seq}\n` : ''
    const goesOn = await write(response, `${id}${piece}`)
    if (isResult) gate.written()
    if (!goesOn) break
  }
  response.end()
}
