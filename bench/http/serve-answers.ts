import { type AddressInfo, createServer } from 'node:net'
import { type Message, readMessages } from './read-messages.ts'

/** What the server did so far. */
export interface Answered {
  readonly requests: number
  /** Those whose answer had to be made. */
  readonly misses: number
}

/** A server of answers. */
export interface AnswerServer {
  /** Listens at a free port and says at which address. */
  listen(): Promise<string>
  counts(): Answered
  /** Makes all answers anew from here on. */
  forget(): void
  /** Resolves when the last connection is closed. */
  close(): Promise<void>
}

/** Makes the answer to a body that was posted to a path; undefined = there is nothing at the path. */
export type MakeAnswer = (path: string, body: Buffer) => string | undefined

/** Who never asks the same twice must not fill the memory. */
const KEPT_ANSWERS = 20_000
const NOT_FOUND = Buffer.from('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')

function bytesOf(text: string | undefined): Buffer {
  if (text === undefined) return NOT_FOUND
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n`
  return Buffer.from(head + text)
}

/**
 * Answers at so little cost that a gateway is not held up: plain sockets, and an answer is made once for each exact path
 * and body.
 */
export function serveAnswers(make: MakeAnswer): AnswerServer {
  const known = new Map<string, Buffer>()
  const counts = { requests: 0, misses: 0 }
  const answerTo = ({ head, body }: Message): Buffer => {
    counts.requests++
    const pathStart = head.indexOf(' ') + 1
    const path = head.slice(pathStart, head.indexOf(' ', pathStart))
    const key = path + body.toString('latin1')
    const found = known.get(key)
    if (found) return found
    counts.misses++
    const answer = bytesOf(make(path, body))
    if (known.size >= KEPT_ANSWERS) known.clear()
    known.set(key, answer)
    return answer
  }
  const server = createServer({ noDelay: true }, (socket) => {
    const read = readMessages()
    socket.on('data', (chunk) => {
      const messages = read(chunk)
      const [only] = messages
      if (only && messages.length === 1) socket.write(answerTo(only))
      else if (only) socket.write(Buffer.concat(messages.map(answerTo)))
    })
    // Who is gone needs no answer.
    socket.on('error', () => socket.destroy())
  })
  return {
    listen: () =>
      new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
        )
      }),
    counts: () => counts,
    forget: () => known.clear(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
