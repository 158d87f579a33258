import { type Dispatcher, Pool } from 'undici'
import type { Call } from './dispatch.ts'
import { Fault, type FaultKind } from './fault.ts'
import { decompress, textOf } from './http1/body-text.ts'
import type { Message, Replied } from './message.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** Bytes of a reply; a longer one is a fault. */
const replyBytes = 64 * 1_048_576

const limits = new Set([
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
])

function faultOf(error: Error, isHeard: boolean): Fault {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const kind: FaultKind = limits.has(code) ? 'limit' : code.startsWith('HPE_') ? 'answer' : 'connection'
  return new Fault(kind, isHeard ? `the reply broke off: ${error.message}` : error.message, error)
}

type Headers = Record<string, string | string[] | undefined>

/** One message on its way, as undici tells of it. */
class Exchange implements Call, Dispatcher.DispatchHandler {
  private readonly replied: Replied
  private readonly pieces: Buffer[] = []
  private controller: Dispatcher.DispatchController | undefined
  private cancelled: Error | undefined
  private status = 0
  private encoding = ''
  private isOver = false

  constructor(replied: Replied) {
    this.replied = replied
  }

  cancel(reason: Error): void {
    if (this.isOver) return
    this.cancelled = reason
    this.end(reason, undefined)
    this.controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.cancelled) controller.abort(this.cancelled)
  }

  onResponseStart(_controller: unknown, status: number, headers: Headers): void {
    this.status = status
    const encoding = String(headers['content-encoding'] ?? '').toLowerCase()
    this.encoding = encoding === 'identity' ? '' : encoding
  }

  onResponseData(_controller: unknown, piece: Buffer): void {
    this.pieces.push(piece)
  }

  onResponseEnd(): void {
    const bytes = Buffer.concat(this.pieces)
    if (this.encoding === '') {
      this.read(bytes)
      return
    }
    decompress({ bytes, encoding: this.encoding, maxBytes: replyBytes }, (error, plain) => {
      if (error) this.end(new Fault('answer', error.message, error), undefined)
      else this.read(plain)
    })
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.end(faultOf(error, this.status > 0), undefined)
  }

  private read(bytes: Buffer): void {
    this.end(undefined, { status: this.status, body: textOf(bytes, 0, bytes.length) })
  }

  private readonly end: Replied = (error, reply) => {
    if (this.isOver) return
    this.isOver = true
    this.replied(error, reply)
  }
}

/** The lines of a message's head as undici takes them: name, value, name, value... */
function pairsOf({ headers }: Message): string[] {
  const pairs: string[] = []
  for (const line of headers.split('\r\n')) {
    const colon = line.indexOf(': ')
    if (colon > 0) pairs.push(line.slice(0, colon), line.slice(colon + 2))
  }
  return pairs
}

/** HTTP by TLS, version 1.1 or 2, by undici: there TLS is the cost, and a client of our own would bring little. */
export function undiciTransport({ url, headers, settings }: TransportOptions): Transport {
  const { origin, pathname, search } = new URL(url)
  const { connections, keepAliveMs, http2, tls } = settings
  let opened = 0
  const pool = new Pool(origin, {
    connections,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: Math.max(keepAliveMs, 1_000),
    maxResponseSize: replyBytes,
    // Deadlines are those of the layer above.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: http2,
    connect: { ...tls },
  }).on('connect', () => {
    opened += 1
  })
  return {
    send(message, replied) {
      const exchange = new Exchange(replied)
      pool.dispatch(
        {
          path: `${pathname}${search}`,
          method: 'POST',
          headers: [...headers, ...pairsOf(message)],
          body: message.body,
        },
        exchange,
      )
      return exchange
    },
    stats() {
      const { free, running, queued } = pool.stats
      return { opened, reused: undefined, idle: free, busy: running, waiting: queued }
    },
    close: () => pool.destroy(),
  }
}
