import { fail } from '@headcount/errors'
import type { Exchange, Media, Step } from '../exchange.ts'
import { graphiqlPage } from '../transports/graphiql.ts'

const offered: readonly Media[] = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'text/html',
]

/** Those for an answer that comes at once, the preferred first: it is what clients that take anything expect. */
const wholeAnswers: readonly Media[] = ['application/json', 'application/graphql-response+json']

interface Range {
  readonly type: string
  readonly quality: number
  readonly parameters: readonly string[]
}

/**
 * The media ranges of an Accept header, the most wanted first, those that are refused (q=0) last; among equals in the
 * client's order (RFC 9110, 12.5.1).
 */
function ranges(accept: string): Range[] {
  return accept
    .slice(0, 1_000)
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
      const quality = parameters.find((word) => word.startsWith('q='))?.slice(2)
      return { type, quality: quality === undefined ? 1 : Number(quality) || 0, parameters }
    })
    .sort((a, b) => b.quality - a.quality)
}

/** The media type to answer with; undefined when none of ours is acceptable. */
function chooseMedia(accept: string | undefined): Media | undefined {
  if (accept === undefined || accept.trim() === '') return 'application/json'
  const all = ranges(accept)
  const isRefused = (media: Media) => all.some(({ type, quality }) => quality === 0 && type === media)
  for (const { type, quality } of all) {
    if (quality === 0) return undefined
    const exact = offered.find((media) => media === type)
    if (exact) return exact
    const whole = type === '*/*' || type === 'application/*' ? wholeAnswers : []
    const any = whole.find((media) => !isRefused(media))
    if (any) return any
    if (type === 'text/*') return 'text/event-stream'
  }
  return undefined
}

interface Wanted {
  readonly media: Media | undefined
  /** Whether an answer may come in parts (`@defer`). */
  readonly takesParts: boolean
}

/** Whether a client reads parts in the form that `writeParts` writes: other drafts of incremental delivery have other ones. */
function readsParts({ type, quality, parameters }: Range): boolean {
  if (type !== 'multipart/mixed' || quality === 0) return false
  const specs = parameters.filter((parameter) => /^\w+spec\s*=/.test(parameter))
  return specs.every((spec) => /^deferspec\s*=\s*"?20220824"?$/.test(spec))
}

/** Clients send few different ones, each with every request. */
const known = new Map<string | undefined, Wanted>()
const keptAccepts = 200

function wantedBy(accept: string | undefined): Wanted {
  const before = known.get(accept)
  if (before) return before
  const takesParts = ranges(accept ?? '').some(readsParts)
  // Who takes parts takes an answer that has but one.
  const wanted = {
    media: chooseMedia(accept) ?? (takesParts ? 'application/json' : undefined),
    takesParts,
  } as const
  if (known.size >= keptAccepts) known.clear()
  known.set(accept, wanted)
  return wanted
}

async function serveGraphiql(exchange: Exchange, path: string): Promise<void> {
  const { html, policy } = await graphiqlPage(path)
  exchange.response
    .writeHead(200, {
      ...exchange.headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'content-length': String(html.length),
      'cache-control': 'no-cache',
    })
    .end(html)
  exchange.isAnswered = true
}

/** What the endpoint takes: PUT and DELETE are graphql-sse's, OPTIONS is CORS's. */
export const allowedMethods = 'GET, POST, PUT, DELETE, OPTIONS'

/** Finds out how the answer shall look, and refuses methods and media types that nothing can be done with. */
export const negotiate: Step = (exchange, { isGraphiqlServed, path }) => {
  const { request } = exchange
  const isStreamMethod = request.method === 'PUT' || request.method === 'DELETE'
  if (request.method !== 'GET' && request.method !== 'POST' && !isStreamMethod) {
    exchange.headers.allow = allowedMethods
    throw fail('METHOD_NOT_ALLOWED', `GraphQL goes by GET or POST, not by ${request.method}.`)
  }
  const { media, takesParts } = wantedBy(request.headers.accept)
  exchange.takesParts = takesParts
  // A reservation is a token in plain text, and an end has no text at all.
  if (media === undefined && isStreamMethod) return
  if (media === undefined) {
    throw fail(
      'NOT_ACCEPTABLE',
      'Accept application/graphql-response+json, application/json or text/event-stream.',
    )
  }
  if (media !== 'text/html') exchange.media = media
  else if (request.method === 'GET' && isGraphiqlServed && !exchange.url.searchParams.has('query')) {
    return serveGraphiql(exchange, path)
  }
}
