import { type Dispatcher, request } from 'undici'
import { readText } from '../supergraph/read-text.ts'
import { whyFailed } from '../supergraph/why-failed.ts'
import { UsageRefused, type UsageSink } from './usage-sink.ts'

/** Largest answer that is read, in bytes: it names operations, each by 64 digits. */
const answerLimitBytes = 1_048_576

/** The same report is refused again: it has a fault, or is too large. */
const refusals = new Set([400, 413, 422])

/** Characters of a refusal that the log shows. */
const shownCharacters = 300

/** @throws Error as the end of a sentence, UsageRefused where it would come again */
async function readAnswer(response: Dispatcher.ResponseData) {
  const { statusCode, headers } = response
  // Followed, it would take the token to another address.
  if (statusCode >= 300 && statusCode < 400) {
    throw new Error(`it redirects (HTTP ${statusCode}, to ${headers.location}): name the address itself`)
  }
  const text = await readText(response, answerLimitBytes)
  if (refusals.has(statusCode)) {
    throw new UsageRefused(`it answered HTTP ${statusCode}: ${text.slice(0, shownCharacters)}`)
  }
  if (statusCode === 404 || statusCode === 405) {
    throw new Error(`it answered HTTP ${statusCode}: where it takes none, say "usage: { isEnabled: false }"`)
  }
  if (statusCode !== 200) throw new Error(`it answered HTTP ${statusCode}`)
  const answer: unknown = JSON.parse(text)
  const unknown = typeof answer === 'object' && answer !== null && 'unknown' in answer ? answer.unknown : []
  return { unknown: Array.isArray(unknown) ? unknown.map(String) : [] }
}

/** Reports to the registry at an address: `POST <url>/usage`, as JSON. */
export function httpUsageSink(options: {
  readonly url: string
  /** What it knows this gateway by. */
  readonly token?: string | undefined
}): UsageSink {
  const address = new URL(`${options.url.replace(/\/+$/, '')}/usage`)
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
  }
  const where = `The registry at ${address.origin}${address.pathname}`
  return {
    async send(report, signal) {
      let response: Dispatcher.ResponseData | undefined
      try {
        response = await request(address, { method: 'POST', headers, body: JSON.stringify(report), signal })
        return await readAnswer(response)
      } catch (cause) {
        // What is left of it must not hold the connection, and a body that nobody reads tells of its end by an event.
        response?.body.on('error', () => {}).destroy()
        const message = `${where} took no report of usage: ${whyFailed(cause)}.`
        throw cause instanceof UsageRefused ? new UsageRefused(message) : new Error(message, { cause })
      }
    },
  }
}
