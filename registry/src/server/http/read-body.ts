import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { RegistryProblem } from '../endpoint.ts'

/** Largest body, also after it was unpacked, in bytes. */
const bodyLimit = 8 * 1_048_576
const unpack = promisify(gunzip)

/** Reads a JSON body, gzip or plain; undefined where there is none. @throws RegistryProblem */
export async function readBody(req: IncomingMessage): Promise<unknown> {
  const sent = await readBytes(req)
  if (sent.length === 0) return undefined
  checkType(req.headers['content-type'])
  const bytes = await unpacked(sent, req.headers['content-encoding'])
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new RegistryProblem('BAD_REQUEST', 'The body is no JSON in UTF-8.')
  }
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bodyLimit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function checkType(type = ''): void {
  if (/^application\/json\s*(;|$)/i.test(type)) return
  throw new RegistryProblem(
    'UNSUPPORTED_MEDIA_TYPE',
    `The body is called ${JSON.stringify(type)}; it takes content-type: application/json.`,
  )
}

async function unpacked(sent: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'identity') return sent
  if (encoding !== 'gzip') {
    throw new RegistryProblem(
      'UNSUPPORTED_MEDIA_TYPE',
      `The body is packed as ${JSON.stringify(encoding)}; it takes gzip, or none.`,
    )
  }
  try {
    return await unpack(sent, { maxOutputLength: bodyLimit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new RegistryProblem('BAD_REQUEST', 'The body is called gzip and is none.')
  }
}

function tooLarge(): RegistryProblem {
  return new RegistryProblem(
    'TOO_LARGE',
    `The body has more than ${bodyLimit / 1_048_576} MiB; publish in several steps.`,
  )
}
