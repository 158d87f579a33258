import type { IncomingMessage } from 'node:http'
import { fail } from '@headcount/errors'

/** Reads a body as UTF-8 text, and no further than the limit. @throws GraphQLError when it is longer, cut off or late */
export function readBody(
  request: IncomingMessage,
  options: { readonly limitBytes: number; readonly signal: AbortSignal },
): Promise<string> {
  const { limitBytes, signal } = options
  const tooLarge = () => fail('PAYLOAD_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`)
  if (Number(request.headers['content-length']) > limitBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', onAbort)
      request.removeAllListeners('data').removeAllListeners('end').off('error', onError).off('close', onError)
      finish()
    }
    const onAbort = () => settle(() => reject(signal.reason))
    const onError = () => settle(() => reject(fail('BAD_REQUEST', 'The body ended before its end.')))
    signal.addEventListener('abort', onAbort, { once: true })
    request.on('error', onError).on('close', onError)
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limitBytes) {
        request.pause()
        settle(() => reject(tooLarge()))
      } else chunks.push(chunk)
    })
    request.on('end', () =>
      settle(() => {
        try {
          resolve(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
        } catch {
          reject(fail('BAD_REQUEST', 'The body is not UTF-8.'))
        }
      }),
    )
  })
}
