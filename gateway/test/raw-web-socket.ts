import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A frame of the server's. */
export interface RawFrame {
  readonly first: number
  readonly opcode: number
  readonly isMasked: boolean
  readonly payload: Buffer
}

/** How the server has closed. */
export interface RawClose {
  readonly code: number | undefined
  readonly reason: string
}

export const key = 'dGhlIHNhbXBsZSBub25jZQ=='

/** The headers of a good handshake. */
export const goodHeaders: Readonly<Record<string, string>> = {
  host: 'gateway',
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': key,
  'sec-websocket-protocol': 'graphql-transport-ws',
}

const mask = Buffer.from([0xa1, 0xb2, 0xc3, 0xd4])

/** A client's frame, bit by bit. */
export interface FrameBits {
  /** FIN, RSV1 to RSV3 and the opcode; default a whole text message. */
  readonly first?: number
  readonly isMasked?: boolean
  /** What the header says, where that is not the payload's length. */
  readonly length?: number
}

function lengthBytes(length: number): Buffer {
  if (length < 126) return Buffer.from([length])
  if (length < 65_536) return Buffer.from([126, length >> 8, length & 0xff])
  const bytes = Buffer.alloc(9)
  bytes[0] = 127
  bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}

export function rawFrame(payload: string | Buffer, bits: FrameBits = {}): Buffer {
  const { first = 0x81, isMasked = true } = bits
  const bytes = Buffer.from(payload)
  const length = lengthBytes(bits.length ?? bytes.length)
  if (!isMasked) return Buffer.concat([Buffer.from([first]), length, bytes])
  length[0] = (length[0] ?? 0) | 0x80
  const masked = bytes.map((byte, at) => byte ^ (mask[at & 3] ?? 0))
  return Buffer.concat([Buffer.from([first]), length, mask, masked])
}

export function closePayload(code: number, reason: string | Buffer = ''): Buffer {
  return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)])
}

function parse(bytes: Buffer): { readonly frame: RawFrame; readonly size: number } | undefined {
  const first = bytes[0]
  const second = bytes[1]
  if (first === undefined || second === undefined) return undefined
  let length = second & 0x7f
  const start = length === 126 ? 4 : length === 127 ? 10 : 2
  if (bytes.length < start) return undefined
  if (length === 126) length = bytes.readUInt16BE(2)
  else if (length === 127) length = Number(bytes.readBigUInt64BE(2))
  if (bytes.length < start + length) return undefined
  const payload = bytes.subarray(start, start + length)
  return { frame: { first, opcode: first & 0x0f, isMasked: second > 0x7f, payload }, size: start + length }
}

/** A WebSocket client that knows nothing but frames: what it sends is up to the test, bit by bit. */
export class RawWebSocket {
  readonly socket: Socket
  /** Status line and headers of the answer. */
  head = ''
  /** Frames that nobody has taken. */
  readonly frames: RawFrame[] = []
  isEnded = false
  private bytes = Buffer.alloc(0)
  private wake = () => {}

  constructor(url: string) {
    const { port, hostname } = new URL(url)
    this.socket = connect(Number(port), hostname)
    this.socket.on('error', () => this.socket.destroy())
    this.socket.on('data', (piece) => this.take(piece))
    this.socket.on('close', () => {
      this.isEnded = true
      this.wake()
    })
  }

  get status(): number {
    return Number(/^HTTP\/1.1 (\d+)/.exec(this.head)?.[1])
  }

  header(name: string): string | undefined {
    return new RegExp(`^${name}: (.*)\r$`, 'im').exec(this.head)?.[1]
  }

  /** Sends a request, and resolves with the status of its answer. */
  async shake(request: Partial<RawRequest> = {}): Promise<number> {
    const { line = 'GET /graphql HTTP/1.1', headers = goodHeaders, after = '' } = request
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    this.socket.write(Buffer.concat([Buffer.from(`${line}\r\n${lines.join('')}\r\n`), Buffer.from(after)]))
    await this.until(() => this.head !== '')
    return this.status
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes)
  }

  /** Sends a message of the protocol. */
  say(message: unknown): void {
    this.send(rawFrame(typeof message === 'string' ? message : JSON.stringify(message)))
  }

  async frame(): Promise<RawFrame> {
    await this.until(() => this.frames.length > 0)
    return this.frames.shift() as RawFrame
  }

  /** The next message of the protocol; control frames are passed over. */
  async heard(): Promise<{ readonly type: string; readonly id?: string; readonly payload?: unknown }> {
    for (;;) {
      const { opcode, payload } = await this.frame()
      if (opcode === 1) return JSON.parse(String(payload))
      if (opcode === 8) throw new Error(`closed: ${payload.readUInt16BE(0)} ${payload.subarray(2)}`)
    }
  }

  /** How the server closes: its Close frame, whatever comes before it. */
  async closed(): Promise<RawClose> {
    for (;;) {
      const { opcode, payload } = await this.frame()
      if (opcode !== 8) continue
      const code = payload.length > 1 ? payload.readUInt16BE(0) : undefined
      return { code, reason: String(payload.subarray(2)) }
    }
  }

  async ended(): Promise<void> {
    if (!this.isEnded) await once(this.socket, 'close')
  }

  destroy(): void {
    this.socket.destroy()
  }

  private async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.isEnded) throw new Error(`the connection has ended: ${this.head}`)
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('nothing came')), 8_000)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  private take(piece: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, piece])
    if (this.head === '') {
      const end = this.bytes.indexOf('\r\n\r\n')
      if (end === -1) return
      this.head = this.bytes.toString('latin1', 0, end + 2)
      this.bytes = this.bytes.subarray(end + 4)
    }
    for (let one = parse(this.bytes); one; one = parse(this.bytes)) {
      this.frames.push(one.frame)
      this.bytes = this.bytes.subarray(one.size)
    }
    this.wake()
  }
}

interface RawRequest {
  readonly line: string
  readonly headers: Readonly<Record<string, string>>
  /** What goes out in the same piece. */
  readonly after: string | Buffer
}
