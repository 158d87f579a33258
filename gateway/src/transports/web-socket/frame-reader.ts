import { isUtf8 } from 'node:buffer'
import { closeCodes, isSendableCode } from './close-codes.ts'
import { controlBytes, opcodes } from './frames.ts'
import { GrowingBytes } from './growing-bytes.ts'

/** Why a connection cannot go on. */
export interface Fault {
  readonly code: number
  readonly reason: string
}

/** What a peer's frames say. */
export interface FrameListener {
  /** A whole text message. */
  onText(text: string): void
  onPing(payload: Buffer): void
  onPong(): void
  /** The peer closes; undefined when it does not say why. Nothing is read after it. */
  onClose(code: number | undefined): void
  /** The peer breaks the rules. Nothing is read after it. */
  onFault(fault: Fault): void
}

const notLast = 0x80
const reservedBits = 0x70
const opcodeBits = 0x0f
const maskedBit = 0x80
const lengthBits = 0x7f
const maskBytes = 4
const twoByteLength = 126
const knownOpcodes: ReadonlySet<number> = new Set(Object.values(opcodes))

const broken = (reason: string): Fault => ({ code: closeCodes.protocolError, reason })
const reserved = broken('Reserved bits are set: no extension was agreed on')
const unknown = broken('The opcode is unknown')
const unmasked = broken('A client must mask its frames')
const fragmentedControl = broken('A control frame must be one frame')
const longControl = broken(`A control frame holds at most ${controlBytes} bytes`)
const nothingToContinue = broken('There is no message to continue')
const unfinished = broken('The message before is not finished')
const shortClose = broken('A Close frame holds no code or two bytes of it')
const badCode = broken('The close code is none that may be sent')
const invalidText: Fault = { code: closeCodes.invalidText, reason: 'The text is no valid UTF-8' }
/** RFC 6455 has 1003 for it, as a MAY; graphql-transport-ws asks for 4400 where the format is not its own. */
const binary: Fault = { code: closeCodes.badMessage, reason: 'Invalid message: binary; send JSON as text' }

/** A mask is a XOR of four bytes in turn (https://www.rfc-editor.org/rfc/rfc6455#section-5.3). In place: the bytes are ours. */
function unmask(bytes: Buffer, start: number, end: number): Buffer {
  const payload = bytes.subarray(start, end)
  const mask = bytes.readUInt32BE(start - maskBytes)
  if (mask === 0) return payload
  const keys = [mask >>> 24, (mask >>> 16) & 0xff, (mask >>> 8) & 0xff, mask & 0xff]
  for (let at = 0; at < payload.length; at += 1) payload[at] = (payload[at] ?? 0) ^ (keys[at & 3] ?? 0)
  return payload
}

/** How long a client's frame header is, by its second byte. */
function clientHeaderBytes(second: number): number {
  const length = second & lengthBits
  if (length < twoByteLength) return 2 + maskBytes
  return (length === twoByteLength ? 4 : 10) + maskBytes
}

function payloadBytes(bytes: Buffer, at: number, second: number): number {
  const length = second & lengthBits
  if (length < twoByteLength) return length
  if (length === twoByteLength) return bytes.readUInt16BE(at + 2)
  return bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6)
}

/** Reads a client's frames from pieces of any size. Keeps nothing between whole messages. */
export class FrameReader {
  private readonly maxBytes: number
  /** The beginning of a frame, and how much of it is needed to go on. */
  private held: GrowingBytes | undefined
  private wanted = 0
  /** The beginning of a message that comes in several frames. */
  private message: GrowingBytes | undefined
  private isOver = false

  /** @param maxBytes of one message; a longer one is refused before its bytes are kept */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** Reads what has come; changes its bytes. */
  read(piece: Buffer, listener: FrameListener): void {
    let at = 0
    while (at < piece.length && !this.isOver) {
      at = this.held
        ? at + this.readOn(this.held, piece.subarray(at), listener)
        : this.readFrame(piece, at, listener)
    }
  }

  /** Adds to the frame that is held, no more than it needs; returns how many bytes that were. */
  private readOn(held: GrowingBytes, piece: Buffer, listener: FrameListener): number {
    const taken = Math.min(piece.length, this.wanted - held.length)
    held.append(piece.subarray(0, taken))
    if (held.length === this.wanted) {
      this.held = undefined
      this.readFrame(held.view(), 0, listener)
    }
    return taken
  }

  /** Reads one frame, or holds its beginning; returns where the next begins. */
  private readFrame(bytes: Buffer, at: number, listener: FrameListener): number {
    const first = bytes[at]
    const second = bytes[at + 1]
    if (first === undefined || second === undefined) return this.hold(bytes, at, 2)
    const fault = this.faultOf(first, second)
    if (fault) return this.fail(fault, bytes, listener)
    const start = at + clientHeaderBytes(second)
    if (bytes.length < start) return this.hold(bytes, at, start - at)
    const end = start + payloadBytes(bytes, at, second)
    const room = this.maxBytes - (this.message?.length ?? 0)
    if (end - start > room && (first & opcodeBits) < opcodes.close) {
      const reason = `A message holds at most ${this.maxBytes} bytes`
      return this.fail({ code: closeCodes.tooLarge, reason }, bytes, listener)
    }
    if (bytes.length < end) return this.hold(bytes, at, end - at)
    this.take(first, unmask(bytes, start, end), listener)
    return end
  }

  /** What is wrong with a frame whose first two bytes these are. */
  private faultOf(first: number, second: number): Fault | undefined {
    const opcode = first & opcodeBits
    if ((first & reservedBits) !== 0) return reserved
    if (!knownOpcodes.has(opcode)) return unknown
    if ((second & maskedBit) === 0) return unmasked
    if (opcode >= opcodes.close) {
      if ((first & notLast) === 0) return fragmentedControl
      return (second & lengthBits) > controlBytes ? longControl : undefined
    }
    if (opcode === opcodes.continuation) return this.message ? undefined : nothingToContinue
    if (this.message) return unfinished
    return opcode === opcodes.binary ? binary : undefined
  }

  private hold(bytes: Buffer, at: number, wanted: number): number {
    this.held = new GrowingBytes(wanted, bytes.length - at)
    this.held.append(bytes.subarray(at))
    this.wanted = wanted
    return bytes.length
  }

  private fail(fault: Fault, bytes: Buffer, listener: FrameListener): number {
    this.end()
    listener.onFault(fault)
    return bytes.length
  }

  private end(): void {
    this.isOver = true
    this.message = undefined
  }

  private take(first: number, payload: Buffer, listener: FrameListener): void {
    const opcode = first & opcodeBits
    if (opcode === opcodes.ping) listener.onPing(payload)
    else if (opcode === opcodes.pong) listener.onPong()
    else if (opcode === opcodes.close) this.takeClose(payload, listener)
    else if ((first & notLast) === 0) this.keepPart(payload)
    else this.takeText(payload, listener)
  }

  private keepPart(part: Buffer): void {
    this.message ??= new GrowingBytes(this.maxBytes, part.length)
    this.message.append(part)
  }

  private takeText(payload: Buffer, listener: FrameListener): void {
    let whole = payload
    if (this.message) {
      this.message.append(payload)
      whole = this.message.view()
      this.message = undefined
    }
    if (isUtf8(whole)) listener.onText(whole.toString('utf8'))
    else this.fail(invalidText, payload, listener)
  }

  private takeClose(payload: Buffer, listener: FrameListener): void {
    if (payload.length === 1) return void this.fail(shortClose, payload, listener)
    const code = payload.length === 0 ? undefined : payload.readUInt16BE(0)
    if (code !== undefined && !isSendableCode(code)) return void this.fail(badCode, payload, listener)
    if (!isUtf8(payload.subarray(2))) return void this.fail(invalidText, payload, listener)
    this.end()
    listener.onClose(code)
  }
}
