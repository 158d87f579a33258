import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Compression, Exchange, Step } from '../exchange.ts'
import { isAwaited, textOfOutcome } from './respond.ts'

type Encoding = Compression['encodings'][number]

/** Levels that cost about as much as they save on a line of 100 Mbit/s; the highest ones take a hundred times longer. */
const ways: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 4 }),
}

/** How much a client wants each encoding, 0 to 1 (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3). */
function qualitiesOf(accept: string): ReadonlyMap<string, number> {
  const qualities = new Map<string, number>()
  for (const part of accept.slice(0, 1_000).toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim())
    const quality = parameters.find((word) => word.startsWith('q='))?.slice(2)
    qualities.set(name === 'x-gzip' ? 'gzip' : name, quality === undefined ? 1 : Number(quality) || 0)
  }
  return qualities
}

/** The encoding of ours that the client wants most; among equals the first of ours. */
function chooseEncoding(accept: string | undefined, encodings: readonly Encoding[]): Encoding | undefined {
  if (accept === undefined) return undefined
  const qualities = qualitiesOf(accept)
  const qualityOf = (encoding: string) => qualities.get(encoding) ?? qualities.get('*') ?? 0
  const plain = qualities.get('identity') ?? 0
  let chosen: Encoding | undefined
  for (const encoding of encodings) {
    const quality = qualityOf(encoding)
    if (quality > 0 && quality >= plain && (chosen === undefined || quality > qualityOf(chosen)))
      chosen = encoding
  }
  return chosen
}

async function encode(exchange: Exchange, bytes: Buffer, encoding: Encoding): Promise<void> {
  exchange.encoded = await ways[encoding](bytes)
  exchange.headers['content-encoding'] = encoding
}

/** Compresses the answer where the client accepts it and it is long enough to be worth it. */
export const compress: Step = (exchange, { compression }) => {
  if (!compression || !isAwaited(exchange) || exchange.later) return
  const { headers, request } = exchange
  headers.vary = headers.vary === undefined ? 'accept-encoding' : `${headers.vary}, accept-encoding`
  const encoding = chooseEncoding(request.headers['accept-encoding'], compression.encodings)
  if (encoding === undefined) return
  const bytes = Buffer.from(textOfOutcome(exchange.outcome))
  if (bytes.length >= compression.minimumBytes) return encode(exchange, bytes, encoding)
}
