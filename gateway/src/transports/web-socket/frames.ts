/** Kinds of frames (https://www.rfc-editor.org/rfc/rfc6455#section-11.8). */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** The most that a control frame holds, in bytes. */
export const controlBytes = 125

const last = 0x80
const twoBytes = 126
const eightBytes = 127
const mostInTwoBytes = 0xffff

/** How long the header of an unmasked frame is. */
export function headerBytes(payloadBytes: number): number {
  if (payloadBytes <= controlBytes) return 2
  return payloadBytes <= mostInTwoBytes ? 4 : 10
}

/** Writes the header of an unmasked frame that is a whole message, at the beginning of `frame`. */
export function writeHeader(frame: Buffer, opcode: number, payloadBytes: number): void {
  frame[0] = last | opcode
  if (payloadBytes <= controlBytes) {
    frame[1] = payloadBytes
  } else if (payloadBytes <= mostInTwoBytes) {
    frame[1] = twoBytes
    frame.writeUInt16BE(payloadBytes, 2)
  } else {
    frame[1] = eightBytes
    frame.writeUInt32BE(0, 2)
    frame.writeUInt32BE(payloadBytes, 6)
  }
}

/** A frame that holds a whole message. */
export function frameOf(opcode: number, payload: Buffer): Buffer {
  const start = headerBytes(payload.length)
  const frame = Buffer.allocUnsafe(start + payload.length)
  writeHeader(frame, opcode, payload.length)
  payload.copy(frame, start)
  return frame
}

export function textFrame(text: string): Buffer {
  return frameOf(opcodes.text, Buffer.from(text))
}

const encoder = new TextEncoder()

/** A Close frame; of the reason, as many whole characters as there is room for. */
export function closeFrame(code: number | undefined, reason = ''): Buffer {
  if (code === undefined) return frameOf(opcodes.close, Buffer.alloc(0))
  const payload = Buffer.alloc(controlBytes)
  payload.writeUInt16BE(code)
  const { written } = encoder.encodeInto(reason, payload.subarray(2))
  return frameOf(opcodes.close, payload.subarray(0, 2 + written))
}

/** Asks a peer whether it is there. */
export const pingFrame = frameOf(opcodes.ping, Buffer.alloc(0))
