import { setTimeout as wait } from 'node:timers/promises'
import { type Dispatcher, request } from 'undici'
import { readText } from './read-text.ts'

/** A subgraph that is asked for its schema. */
export interface SubgraphSource {
  readonly name: string
  readonly url: string
}

/** Waits before the second and the third try; each is taken at random between half and all of it, in milliseconds. */
const pausesMs = [100, 500]

/** Largest answer that is read, in bytes. A schema of 1,000 types has about 0.5 MB. */
const answerLimitBytes = 16 * 1024 * 1024

const body = JSON.stringify({ query: '{ _service { sdl } }' })
const headers = { 'content-type': 'application/json', accept: 'application/json' }

/** What a subgraph says of its schema. */
interface ServiceAnswer {
  readonly data?: { readonly _service?: { readonly sdl?: unknown } | null } | null
  readonly errors?: readonly { readonly message?: unknown }[]
}

function sdlOf(text: string): string {
  let answer: ServiceAnswer
  try {
    answer = JSON.parse(text)
  } catch {
    throw new Error('its answer is not JSON')
  }
  const sdl = answer?.data?._service?.sdl
  if (typeof sdl === 'string') return sdl
  const problem = answer?.errors?.[0]?.message
  throw new Error(`its answer has no data._service.sdl${problem === undefined ? '' : ` but "${problem}"`}`)
}

async function askOnce(source: SubgraphSource, dispatcher: Dispatcher, signal: AbortSignal): Promise<string> {
  const response = await request(source.url, { method: 'POST', headers, body, dispatcher, signal })
  const text = await readText(response, answerLimitBytes)
  if (response.statusCode !== 200) throw new Error(`it answered with status ${response.statusCode}`)
  return sdlOf(text)
}

/**
 * Asks a subgraph for its schema, three times at most.
 *
 * @param signal ends it, also between two tries
 * @throws Error what went wrong at last, as the end of a sentence about the subgraph
 */
export async function readSubgraph(
  source: SubgraphSource,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<string> {
  let last: unknown
  for (const pauseMs of [0, ...pausesMs]) {
    try {
      if (pauseMs > 0) await wait(pauseMs * (0.5 + Math.random() / 2), undefined, { signal })
      return await askOnce(source, dispatcher, signal)
    } catch (error) {
      // The time-out says less than what went wrong before it.
      last = signal.aborted ? (last ?? new Error('it did not answer in time')) : error
      if (signal.aborted) break
    }
  }
  throw last
}
