import { isAscii, isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { fail } from '@headcount/errors'
import type { Cancellation } from '../cancellation.ts'

/** Bytes as text. Hot path: most bodies are ASCII, which is copied and not decoded. */
function textOf(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) throw fail('BAD_REQUEST', 'The body is not UTF-8.')
  const text = bytes.toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

interface ReadOptions {
  readonly limitBytes: number
  readonly cancellation: Cancellation
}

const tooLarge = (limitBytes: number) =>
  fail('PAYLOAD_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`)
const brokenOff = () => fail('BAD_REQUEST', 'The body ended before its end.')

/**
 * Reads a body as UTF-8 text, and no further than the limit. Hot path: a small body has come with its head, and is there a
 * moment after it; to read it as a stream costs six listeners more.
 *
 * @throws GraphQLError when it is longer, cut off or late
 */
export async function readBody(request: IncomingMessage, options: ReadOptions): Promise<string> {
  const { limitBytes } = options
  const announced = Number(request.headers['content-length'])
  if (announced > limitBytes) throw tooLarge(limitBytes)
  await undefined
  if (request.destroyed) throw brokenOff()
  const isThere = announced > 0 && request.readableLength === announced
  const whole: Buffer | null = isThere ? request.read() : null
  return whole ? textOf(whole) : readStream(request, options, announced)
}

function readStream(
  request: IncomingMessage,
  { limitBytes, cancellation }: ReadOptions,
  announced: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined
    const rest: Buffer[] = []
    let bytes = 0
    let isOver = false
    const end = (error: Error | undefined) => {
      if (isOver) return
      isOver = true
      cancellation.remove(end)
      // The listener for errors stays: a client that leaves at this very moment has its error under way already, and one
      // that nobody hears ends the process.
      request.off('data', onData).off('end', onEnd).off('close', onBroken)
      if (error) reject(error)
    }
    const onBroken = () => end(brokenOff())
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limitBytes) {
        request.pause()
        return end(tooLarge(limitBytes))
      }
      if (first) rest.push(chunk)
      else first = chunk
      // All that was announced is here: there is no need to hear of the end.
      if (bytes === announced) onEnd()
    }
    const onEnd = () => {
      end(undefined)
      try {
        resolve(first ? textOf(rest.length > 0 ? Buffer.concat([first, ...rest]) : first) : '')
      } catch (error) {
        reject(error)
      }
    }
    cancellation.add(end)
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken)
  })
}
