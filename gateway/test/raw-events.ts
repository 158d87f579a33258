import { connect, type Socket } from 'node:net'

/** An event as its lines came. */
export interface RawEvent {
  readonly event?: string
  readonly id?: string
  readonly data?: string
  readonly retry?: string
  /** A line that begins with a colon. */
  readonly comment?: string
}

/** The head of an answer. */
export interface RawHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

function headOf(text: string): RawHead {
  const [first = '', ...lines] = text.split('\r\n')
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(pairs) }
}

/** An event's fields (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation). */
function eventOf(block: string): RawEvent {
  const fields: Record<string, string> = {}
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    const name = colon === 0 ? 'comment' : line.slice(0, colon)
    fields[name] = line.slice(colon + 1).replace(/^ /, '')
  }
  return fields
}

/** One connection, octet by octet: what a test writes goes out as it is. */
export class RawConnection {
  readonly socket: Socket
  /** All octets that came and were not read by a test yet. */
  private bytes = Buffer.alloc(0)
  private pieces: Buffer[] = []
  private text = ''
  private isChunked = true
  private wake: (hasCome: boolean) => void = () => {}
  isClosed = false
  /** Whether the chunk came that ends a body. */
  isComplete = false

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.socket = connect(Number(port), hostname)
    this.socket.setNoDelay(true)
    this.socket.on('data', (piece) => {
      this.pieces.push(piece)
      this.wake(true)
    })
    this.socket.on('error', () => {})
    this.socket.on('close', () => {
      this.isClosed = true
      this.wake(false)
    })
  }

  send(text: string): void {
    this.socket.write(text)
  }

  /** The head of the next answer. */
  async head(): Promise<RawHead> {
    const end = await this.find('\r\n\r\n')
    const head = headOf(this.take(end).toString('latin1'))
    this.take(4)
    this.isChunked = head.headers['transfer-encoding'] === 'chunked'
    this.text = ''
    this.isComplete = false
    return head
  }

  /** A body of a known length. */
  async body({ headers }: RawHead): Promise<string> {
    const length = Number(headers['content-length'] ?? 0)
    await this.need(length)
    return this.take(length).toString()
  }

  /** The next event, a comment as well. Undefined = the body has ended, or the connection. */
  async event(): Promise<RawEvent | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n\n')
      if (end !== -1) {
        const block = this.text.slice(0, end)
        this.text = this.text.slice(end + 2)
        return eventOf(block)
      }
      const chunk = await this.chunk()
      if (chunk === undefined) return undefined
      this.text += chunk
    }
  }

  /** The next event that is no comment. */
  async next(): Promise<RawEvent | undefined> {
    for (;;) {
      const event = await this.event()
      if (event?.comment === undefined) return event
    }
  }

  /** All that is left until the body ends. */
  async rest(): Promise<RawEvent[]> {
    const events: RawEvent[] = []
    for (let event = await this.next(); event; event = await this.next()) events.push(event)
    return events
  }

  /** So many characters of the body, or what is left of it. */
  async piece(length: number): Promise<string> {
    while (this.text.length < length) {
      const chunk = await this.chunk()
      if (chunk === undefined) break
      this.text += chunk
    }
    const piece = this.text.slice(0, length)
    this.text = this.text.slice(piece.length)
    return piece
  }

  private async chunk(): Promise<string | undefined> {
    if (this.isComplete) return undefined
    if (!this.isChunked) {
      while (this.bytes.length === 0) if (!(await this.more())) return undefined
      return this.take(this.bytes.length).toString()
    }
    if ((await this.find('\r\n')) === -1) return undefined
    const size = this.take(this.bytes.indexOf('\r\n')).toString('latin1')
    if (!/^[0-9a-f]+$/i.test(size)) throw new Error(`'${size}' is no size of a chunk`)
    const length = Number.parseInt(size, 16)
    if (!(await this.need(length + 4))) return undefined
    this.take(2)
    const chunk = this.take(length).toString()
    if (this.take(2).toString() !== '\r\n') throw new Error('a chunk does not end where it said')
    if (length > 0) return chunk
    this.isComplete = true
    return undefined
  }

  /** Where the text begins, once it has come; -1 = the connection has ended. */
  private async find(text: string): Promise<number> {
    while (!this.bytes.includes(text)) if (!(await this.more())) return -1
    return this.bytes.indexOf(text)
  }

  private take(length: number): Buffer {
    const taken = this.bytes.subarray(0, length)
    this.bytes = this.bytes.subarray(length)
    return taken
  }

  private async more(): Promise<boolean> {
    return this.need(this.bytes.length + 1)
  }

  /** Waits until so many bytes are there; whether they came. Put together once: a part may have millions. */
  private async need(length: number): Promise<boolean> {
    const held = () => this.pieces.reduce((sum, piece) => sum + piece.length, this.bytes.length)
    let hasCome = held() >= length
    while (!hasCome && (await this.hasCome())) hasCome = held() >= length
    this.bytes = Buffer.concat([this.bytes, ...this.pieces.splice(0)])
    return hasCome
  }

  private async hasCome(): Promise<boolean> {
    if (this.isClosed) return false
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    const late = setTimeout(() => reject(new Error('nothing came for 5 seconds')), 5_000)
    this.wake = resolve
    try {
      return await promise
    } finally {
      clearTimeout(late)
    }
  }
}

/** The octets of a request. */
export function requestText(
  method: string,
  target: string,
  {
    headers = {},
    body,
  }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all: Record<string, string> = {
    host: 'gateway',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'POST' ? { 'content-length': String(Buffer.byteLength(text)) } : {}),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${text}`
}
