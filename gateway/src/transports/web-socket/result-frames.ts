import type { LiveText } from '../../live/live-text.ts'
import { headerBytes, opcodes, writeHeader } from './frames.ts'

/** What stands behind the id in every `next` message of a result: made once for all who get it. */
function messageOf(result: LiveText): Buffer {
  result.message ??= Buffer.from(`,"type":"next","payload":${result.json}}`)
  return result.message
}

/**
 * Frames of results. A result goes to all its subscribers in a row, and the operating system takes most frames within the
 * call, so the next subscriber's frame is made in the bytes of the last one: only the id is written anew, and where that
 * is the same too, as "1" often is, nothing. What that saves is measured in docs/decisions/web-sockets.md.
 */
export class ResultFrames {
  private frame: Buffer | undefined
  private result: LiveText | undefined
  private prefix = ''
  private start = 0

  /** Hot path. The frame is good until the next call. @param prefix begins the message; nothing but ASCII */
  of(prefix: string, result: LiveText): Buffer {
    const { frame } = this
    if (!frame || this.result !== result || this.prefix.length !== prefix.length) {
      return this.begin(prefix, result)
    }
    if (this.prefix !== prefix) {
      frame.write(prefix, this.start, 'latin1')
      this.prefix = prefix
    }
    return frame
  }

  /** A socket still has to write the last frame: its bytes are not ours any more. */
  giveAway(): void {
    this.frame = undefined
    this.result = undefined
  }

  private begin(prefix: string, result: LiveText): Buffer {
    const message = messageOf(result)
    const size = prefix.length + message.length
    const start = headerBytes(size)
    const frame = Buffer.allocUnsafe(start + size)
    writeHeader(frame, opcodes.text, size)
    frame.write(prefix, start, 'latin1')
    message.copy(frame, start + prefix.length)
    this.frame = frame
    this.result = result
    this.prefix = prefix
    this.start = start
    return frame
  }
}
