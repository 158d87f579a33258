import type { LiveText } from '../../live/live-text.ts'

/**
 * Text as one chunk of HTTP/1.1 (https://www.rfc-editor.org/rfc/rfc9112#section-7.1). node:http writes a chunk's size, its
 * bytes and its end one by one; framed here, an event is one write to the socket, and the same bytes for all who get it.
 */
function chunkOf(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)
}

const lineFeed = 10
const frameEndBytes = 2

/** A chunk without its frame, for a connection that ends with the answer (HTTP/1.0). */
export function unframed(chunk: Buffer): Buffer {
  return chunk.subarray(chunk.indexOf(lineFeed) + 1, -frameEndBytes)
}

/** A line that says nothing: browsers hand the stream over when it comes, and proxies see that somebody is there. */
export const commentText = ':\n\n'
export const comment: Buffer = chunkOf(commentText)

/** Of a connection that has one operation; the client need not know anything to tell whose it is. */
export function nextEvent(result: LiveText): Buffer {
  const { json, seq } = result
  const id = seq === undefined ? '' : `id: ${seq}\n`
  result.event ??= chunkOf(`event: next\n${id}data: ${json}\n\n`)
  return result.event
}

/** `data` is there, though empty: without it a browser's EventSource tells nobody of the event. */
export const completeEvent: Buffer = chunkOf('event: complete\ndata:\n\n')

/** Of a connection that has several. No `id`: it would speak of one, and a stream of several can't go on from there. */
export function nextEventOf(id: string, { json }: LiveText): Buffer {
  return chunkOf(`event: next\ndata: {"id":${JSON.stringify(id)},"payload":${json}}\n\n`)
}

export function completeEventOf(id: string): Buffer {
  return chunkOf(`event: complete\ndata: {"id":${JSON.stringify(id)}}\n\n`)
}

/** How long the client shall wait before it comes back when the stream has ended. */
export function retryLine(ms: number): Buffer {
  return chunkOf(`retry: ${ms}\n\n`)
}
