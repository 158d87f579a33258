import { type Dispatcher, request } from 'undici'
import { readText } from './read-text.ts'
import { whyFailed } from './why-failed.ts'

/** Longest time for a registry's whole answer, in milliseconds. */
const defaultDeadlineMs = 10_000

/** Largest answer that is read, in bytes; a registry that sends more sends no supergraph. */
const answerLimitBytes = 64 * 1024 * 1024

/** What a supergraph comes as; a server that knows no better calls it octets. Anything else is somebody else's page. */
const takenTypes = new Set(['application/graphql', 'text/plain', 'application/octet-stream'])

/** Asks a registry for the supergraph that it publishes. */
export interface RegistryClient {
  /** The supergraph of now: by `GET <url>/supergraph`, with the ETag of the last one. @throws Error that says what came instead */
  supergraph(signal: AbortSignal): Promise<string>
}

/** @throws Error as the end of a sentence when it is no answer with a supergraph */
function checkAnswer({ statusCode, headers }: Dispatcher.ResponseData): void {
  // Followed, it would take the token to another address.
  if (statusCode >= 300 && statusCode < 400) {
    throw new Error(`it redirects (HTTP ${statusCode}, to ${headers.location}): name the address itself`)
  }
  if (statusCode !== 200) throw new Error(`it answered HTTP ${statusCode}`)
  const type = String(headers['content-type'] ?? 'text/plain')
  if (!takenTypes.has(type.replace(/;.*$/s, '').trim().toLowerCase())) {
    throw new Error(`it answered ${type}, which is no supergraph`)
  }
}

/** Makes a client of the registry at an address. */
export function createRegistryClient(options: {
  readonly url: string
  readonly token: string | undefined
  readonly deadlineMs?: number | undefined
}): RegistryClient {
  const { url, token, deadlineMs = defaultDeadlineMs } = options
  const address = new URL(`${url.replace(/\/+$/, '')}/supergraph`)
  let last: { readonly etag: string; readonly sdl: string } | undefined
  const ask = async (signal: AbortSignal) => {
    const response = await request(address, {
      // For all of it: limits of undici's own begin anew with each piece that comes.
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      headers: {
        accept: 'application/graphql, text/plain',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(last ? { 'if-none-match': last.etag } : {}),
      },
    })
    const { statusCode, headers, body } = response
    try {
      if (statusCode === 304 && last) {
        await body.dump()
        return last.sdl
      }
      checkAnswer(response)
      const sdl = await readText(response, answerLimitBytes)
      last = typeof headers.etag === 'string' ? { etag: headers.etag, sdl } : undefined
      return sdl
    } catch (error) {
      // What is left of it must not hold the connection, and a body that nobody reads tells of its end by an event.
      body.on('error', () => {}).destroy()
      throw error
    }
  }
  return {
    async supergraph(signal) {
      try {
        return await ask(signal)
      } catch (cause) {
        const where = `${address.origin}${address.pathname}`
        throw new Error(`The registry at ${where} gave no supergraph: ${whyFailed(cause)}.`, { cause })
      }
    },
  }
}
