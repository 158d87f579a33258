import type { Dispatcher } from 'undici'

/** Reads the body of an answer. @throws Error as the end of a sentence when it has more bytes than the limit */
export async function readText({ body }: Dispatcher.ResponseData, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limitBytes) throw new Error(`it answered more than ${limitBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
