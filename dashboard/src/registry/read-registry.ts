import type { ProblemAnswer } from '@headcount/registry-api'
import type { Credentials } from '../graph/ask.ts'

/** Why there is nothing to show. */
export interface RegistryTrouble {
  /**
   * `refused`: this person may not see it. `absent`: this platform has no registry. `missing`: the registry has no such
   * thing. `unsuited`: it has, and not what was asked of it; the message says why. `unreachable`: no answer, or none now.
   */
  kind: 'refused' | 'absent' | 'missing' | 'unsuited' | 'unreachable'
  message: string
}

export type Reading<Value> = { value: Value } | { trouble: RegistryTrouble }

/** Reads one address below the registry's base, with the rights of whoever is signed in; never throws. */
export type ReadRegistry = (path: string, signal: AbortSignal) => Promise<Reading<unknown>>

export interface ReadRegistryParts {
  /** Without a slash at its end. */
  base: string
  fetch: typeof globalThis.fetch
  credentials: Credentials
}

const DEADLINE_MS = 15_000

export function createReadRegistry({ base, fetch, credentials }: ReadRegistryParts): ReadRegistry {
  const ask = (path: string, token: string, signal: AbortSignal) =>
    fetch(`${base}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    })
  const answerTo = async (path: string, signal: AbortSignal): Promise<Response | undefined> => {
    const first = await credentials.accessToken()
    if (!first) return undefined
    const response = await ask(path, first, signal)
    if (response.status !== 401) return response
    // A token may end between two clocks.
    credentials.refused(first)
    const second = await credentials.accessToken()
    return second && second !== first ? ask(path, second, signal) : response
  }
  return async (path, signal) => {
    try {
      const response = await answerTo(path, signal)
      return response ? await readingOf(response) : unreachable('No access token can be had at the moment.')
    } catch (error) {
      return unreachable(error instanceof Error ? error.message : String(error))
    }
  }
}

const unreachable = (message: string): { trouble: RegistryTrouble } => ({
  trouble: { kind: 'unreachable', message },
})

async function readingOf(response: Response): Promise<Reading<unknown>> {
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  const isJson = /\bjson\b/.test(type)
  // A platform without a registry answers its pages' own file here.
  if (response.ok) {
    if (type.startsWith('text/html')) return absent
    return { value: isJson ? JSON.parse(text) : text }
  }
  const problem = isJson ? (JSON.parse(text) as Partial<ProblemAnswer>).error : undefined
  const message = problem?.message ?? `The registry answered ${response.status}.`
  if (response.status === 401 || response.status === 403) return { trouble: { kind: 'refused', message } }
  if (response.status === 404) return problem ? { trouble: { kind: 'missing', message } } : absent
  const isOurs = problem !== undefined && response.status < 500
  return isOurs ? { trouble: { kind: 'unsuited', message } } : unreachable(message)
}

const absent: Reading<unknown> = {
  trouble: { kind: 'absent', message: 'Nothing answers at the address of the registry.' },
}
