import { createHash } from 'node:crypto'
import { type Dispatcher, request } from 'undici'
import { readText } from '../supergraph/read-text.ts'
import { RegistryRefusal } from './registry-refusal.ts'

/** Largest answer that is read to say why there is no other, in bytes. */
const problemLimitBytes = 8 * 1024

/** A text as a registry gave it. */
export interface RegistryText {
  readonly text: string
  /** Undefined = it gives none, and can't be asked to wait. */
  readonly etag: string | undefined
  readonly version: number | undefined
  /** When it came, in milliseconds since 1970. */
  readonly receivedAtMs: number
}

/** What is asked for, and of whom. */
export interface RegistryResource {
  readonly address: URL
  readonly token: string | undefined
  /** Media types that are asked for, as the header says them. */
  readonly accept: string
  /** Media types that are taken; anything else is somebody else's page. */
  readonly types: readonly string[]
  /** Largest answer that is read, in bytes; a registry that sends more sends something else. */
  readonly limitBytes: number
  readonly dispatcher: Dispatcher
}

/** How it is asked for. */
export interface Question {
  /** What came last: only another one is an answer. */
  readonly known: Pick<RegistryText, 'etag'> | undefined
  /** How long the registry may wait for another one, in milliseconds; 0 = it shall not wait. */
  readonly waitMs: number
  /** Longest time for an answer to begin beyond that, and then for all of it to come, in milliseconds. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** Whose hash an ETag is where a registry of ours sends it. */
function isOther(text: string, etag: string | undefined, version: number | undefined): boolean {
  const [, hash] = /^"([0-9a-f]{64})"$/.exec(etag ?? '') ?? []
  return (
    hash !== undefined && version !== undefined && createHash('sha256').update(text).digest('hex') !== hash
  )
}

/** What a registry of ours says of the problem. */
async function problemOf(response: Dispatcher.ResponseData): Promise<string> {
  if (!String(response.headers['content-type']).includes('json')) return ''
  try {
    const { error } = JSON.parse(await readText(response, problemLimitBytes))
    return typeof error?.message === 'string' ? `: ${error.message.slice(0, 300)}` : ''
  } catch {
    // It says no more than its status.
    return ''
  }
}

const advice: Readonly<Record<number, string>> = {
  401: ', since it does not know the token (supergraph.registry.token, or HEADCOUNT_REGISTRY_TOKEN)',
  403: ', since the token lacks the scope schema:read',
}

/** @throws Error as the end of a sentence when it is no answer with what was asked for */
async function checkAnswer(response: Dispatcher.ResponseData, types: readonly string[]): Promise<void> {
  const { statusCode, headers } = response
  // Followed, it would take the token to another address.
  if (statusCode >= 300 && statusCode < 400) {
    throw new Error(`it redirects (HTTP ${statusCode}, to ${headers.location}): name the address itself`)
  }
  if (statusCode !== 200) {
    const sentence = `it answered HTTP ${statusCode}${advice[statusCode] ?? ''}${await problemOf(response)}`
    throw statusCode in advice ? new RegistryRefusal(sentence) : new Error(sentence)
  }
  const type = String(headers['content-type'] ?? 'text/plain')
  if (!types.includes(type.replace(/;.*$/s, '').trim().toLowerCase())) {
    throw new Error(`it answered ${type}, which is not asked for`)
  }
}

async function readAnswer(response: Dispatcher.ResponseData, limitBytes: number): Promise<RegistryText> {
  const text = await readText(response, limitBytes)
  if (text.trim() === '') throw new Error('it answered an empty text')
  const { etag: tag, 'x-headcount-version': number } = response.headers
  const etag = typeof tag === 'string' ? tag : undefined
  const version = typeof number === 'string' && /^\d+$/.test(number) ? Number(number) : undefined
  if (isOther(text, etag, version)) throw new Error('it answered a text that is not the one of its ETag')
  return { text, etag, version, receivedAtMs: Date.now() }
}

/** A limit that can be set anew: the wait for an answer and the reading of it have one each. */
function startLimit(limitMs: number) {
  const controller = new AbortController()
  const end = () => controller.abort(new DOMException('It took too long.', 'TimeoutError'))
  let timer = setTimeout(end, limitMs)
  return {
    signal: controller.signal,
    renew(nextMs: number) {
      clearTimeout(timer)
      timer = setTimeout(end, nextMs)
    },
    clear: () => clearTimeout(timer),
  }
}

/** @throws what went wrong */
async function readWhole(
  response: Dispatcher.ResponseData,
  { types, limitBytes }: RegistryResource,
  etag: string | undefined,
): Promise<RegistryText | undefined> {
  try {
    if (response.statusCode === 304 && etag !== undefined) {
      await response.body.dump()
      return undefined
    }
    await checkAnswer(response, types)
    return await readAnswer(response, limitBytes)
  } catch (error) {
    // What is left of it must not hold the connection, and a body that nobody reads tells of its end by an event.
    response.body.on('error', () => {}).destroy()
    throw error
  }
}

/**
 * Asks a registry once.
 *
 * @returns undefined when what is known is still what there is
 * @throws Error as the end of a sentence that says what came instead; RegistryRefusal when the token is not good
 */
export async function askRegistry(
  resource: RegistryResource,
  { known, waitMs, deadlineMs, signal }: Question,
): Promise<RegistryText | undefined> {
  const { token, accept, dispatcher } = resource
  const etag = known?.etag
  const address = new URL(resource.address)
  const waits = etag !== undefined && waitMs > 0
  if (waits) address.searchParams.set('waitMs', String(waitMs))
  // Limits of undici's own begin anew with each piece that comes.
  const limit = startLimit(deadlineMs + (waits ? waitMs : 0))
  try {
    const response = await request(address, {
      dispatcher,
      signal: AbortSignal.any([signal, limit.signal]),
      headers: {
        accept,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      },
    })
    limit.renew(deadlineMs)
    return await readWhole(response, resource, etag)
  } finally {
    limit.clear()
  }
}
