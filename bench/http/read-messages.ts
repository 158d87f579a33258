/** One HTTP/1.1 message, a request or an answer. */
export interface Message {
  /** Start line and headers, without the empty line at their end. */
  readonly head: string
  readonly body: Buffer
}

interface Found {
  readonly message: Message
  /** Where the next message begins. */
  readonly end: number
}

/** How many bytes the message has at least, as far as one can tell yet. */
interface Cut {
  readonly neededBytes: number
}

const HEAD_END = '\r\n\r\n'
const LENGTH = /\r\ncontent-length: *(\d+)/i
const CHUNKED = /\r\ntransfer-encoding: *chunked/i

/**
 * Reads the messages of one connection from its chunks, however they are cut: several messages in a chunk, or one message
 * over many. A body has a length or comes in chunks; without either there is none.
 */
export function readMessages(): (chunk: Buffer) => readonly Message[] {
  let kept: Buffer[] = []
  let keptBytes = 0
  let neededBytes = 0
  return (chunk) => {
    let buffer = chunk
    if (keptBytes > 0) {
      kept.push(chunk)
      keptBytes += chunk.length
      if (keptBytes < neededBytes) return []
      buffer = Buffer.concat(kept)
      kept = []
      keptBytes = 0
    }
    const messages: Message[] = []
    let at = 0
    while (at < buffer.length) {
      const found = readMessage(buffer, at)
      if (!('message' in found)) {
        kept = [buffer.subarray(at)]
        keptBytes = buffer.length - at
        neededBytes = found.neededBytes
        break
      }
      messages.push(found.message)
      at = found.end
    }
    return messages
  }
}

function readMessage(buffer: Buffer, at: number): Found | Cut {
  const headEnd = buffer.indexOf(HEAD_END, at, 'latin1')
  if (headEnd < 0) return { neededBytes: buffer.length - at + 1 }
  const head = buffer.toString('latin1', at, headEnd)
  const bodyStart = headEnd + HEAD_END.length
  const length = LENGTH.exec(head)
  if (length) {
    const end = bodyStart + Number(length[1])
    if (end > buffer.length) return { neededBytes: end - at }
    return { message: { head, body: buffer.subarray(bodyStart, end) }, end }
  }
  if (!CHUNKED.test(head))
    return { message: { head, body: buffer.subarray(bodyStart, bodyStart) }, end: bodyStart }
  const chunked = readChunks(buffer, bodyStart)
  if (!chunked) return { neededBytes: buffer.length - at + 1 }
  return { message: { head, body: chunked.body }, end: chunked.end }
}

/** The body of chunks that begins here; undefined = not all of it has come. */
function readChunks(buffer: Buffer, start: number): { body: Buffer; end: number } | undefined {
  const chunks: Buffer[] = []
  for (let at = start; ; ) {
    const lineEnd = buffer.indexOf('\r\n', at, 'latin1')
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(buffer.toString('latin1', at, lineEnd), 16)
    const chunkStart = lineEnd + 2
    const chunkEnd = chunkStart + size
    if (chunkEnd + 2 > buffer.length) return undefined
    // Nobody here sends trailers.
    if (size === 0) return { body: Buffer.concat(chunks), end: chunkEnd + 2 }
    chunks.push(buffer.subarray(chunkStart, chunkEnd))
    at = chunkEnd + 2
  }
}
