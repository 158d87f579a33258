import type { IncomingMessage } from 'node:http'

/** Bytes of a fetch's body; a longer one is refused. */
export const bodyBytes = 10 * 1_048_576

/**
 * Reads a body and hands it over once; undefined when it has more bytes than `maximum`, of which no more are kept. Hot
 * path: a body whose length was announced is handed over with its last byte and not a turn later, and one that came in
 * one chunk is that chunk. A client that leaves before gets no answer, so `done` is not called.
 */
export function readBody(
  req: IncomingMessage,
  maximum: number,
  done: (body: Buffer | undefined) => void,
): void {
  // NaN when it was not announced: then only the end tells.
  const announced = Number(req.headers['content-length'] ?? Number.NaN)
  let chunks: Buffer[] = []
  let received = 0
  let isDone = false

  function finish(): void {
    if (isDone) return
    isDone = true
    const [first] = chunks
    done(received > maximum ? undefined : first && chunks.length === 1 ? first : Buffer.concat(chunks))
    chunks = []
  }

  req.on('data', (chunk: Buffer) => {
    // What comes after a refusal is read and dropped, so that the client gets to read the refusal.
    if (isDone) return
    received += chunk.length
    if (received <= maximum) chunks.push(chunk)
    if (received === announced || received > maximum) finish()
  })
  req.on('end', finish)
}
