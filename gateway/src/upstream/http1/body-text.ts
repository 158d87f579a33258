import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { Http1Error, tooLarge } from './http1-error.ts'

/**
 * The octets as text. `toString` finds out by itself that all are ASCII, and is then as fast as a latin1 decode
 * (measured: a look before it costs more than it saves).
 */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const hasMark =
    end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf
  return bytes.toString('utf8', hasMark ? start + 3 : start, end)
}

/** Called once, with the error or the octets. */
export type Decompressed = (error: Http1Error | undefined, bytes: Buffer) => void

const nothing = Buffer.alloc(0)

/**
 * Undoes a `content-encoding`, with the limit on what comes out. We never ask for one; a server or a proxy before it may
 * compress all the same.
 */
export function decompress(
  body: { readonly bytes: Buffer; readonly encoding: string; readonly maxBytes: number },
  done: Decompressed,
): void {
  const { bytes, encoding, maxBytes } = body
  const finish = (error: Error | null, result: Buffer) => {
    if (!error) done(undefined, result)
    else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      done(tooLarge('body', maxBytes), nothing)
    else done(encodingError(`is not valid ${encoding}`, error), nothing)
  }
  const options = { maxOutputLength: maxBytes }
  if (bytes.length === 0) setImmediate(done, undefined, nothing)
  else if (encoding === 'gzip' || encoding === 'x-gzip') gunzip(bytes, options, finish)
  else if (encoding === 'br') brotliDecompress(bytes, options, finish)
  else if (encoding === 'deflate') {
    // With the zlib header that the law asks for, or without it, as some servers send it.
    if (((bytes[0] ?? 0) & 0x0f) === 8) inflate(bytes, options, finish)
    else inflateRaw(bytes, options, finish)
  } else setImmediate(done, encodingError(`is in "${encoding}"`), nothing)
}

function encodingError(what: string, cause?: Error): Http1Error {
  return new Http1Error('HTTP1_ENCODING', `The answer's body ${what}; gzip, deflate and br are known.`, {
    cause,
  })
}
