import { attempt } from './attempts.ts'
import { notARegistry, RegistryError, refusalOf } from './registry-error.ts'

const defaultDeadlineMs = 30_000
/** More than any answer of a registry: what answers more is something else. */
const mostCharacters = 64 * 1_048_576

/** Where a registry is and who asks it. */
export interface RegistryAddress {
  /** Base address, for example `http://127.0.0.1:4000/registry`. */
  readonly url: string
  /** `hcr_…`; undefined = none is sent. */
  readonly token?: string | undefined
  /** Default: Node's own. */
  readonly fetch?: typeof fetch
  /** For one call with all its attempts, in milliseconds; default 30 s. */
  readonly deadlineMs?: number
  /** From 0 to 1, for the jitter; default Math.random. */
  readonly random?: () => number
}

/** What is particular about one call. */
export interface CallOptions {
  /** Statuses that are answers too, beside 2xx: 422 of `POST /versions`. */
  readonly accepts?: readonly number[]
  /** A POST that does no harm twice; the other methods never do. */
  readonly isIdempotent?: boolean
  /** In milliseconds, in place of the address's. */
  readonly deadlineMs?: number
}

/**
 * A registry over HTTP; paths are below the base address (`/versions/3`) and typed by @headcount/registry-api. What is
 * idempotent is tried up to 3 times. Whatever comes to nothing throws a RegistryError.
 */
export interface RegistryHttp {
  get<Answer>(path: string, options?: CallOptions): Promise<Answer>
  /** An answer that is text: an SDL, a diff. */
  text(path: string, options?: CallOptions): Promise<string>
  post<Answer>(path: string, body: unknown, options?: CallOptions): Promise<Answer>
  put<Answer>(path: string, body: unknown, options?: CallOptions): Promise<Answer>
  /** What it answers is not read. */
  delete(path: string, options?: CallOptions): Promise<void>
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly options: CallOptions
}

interface Answered {
  readonly status: number
  readonly text: string
}

/** @throws RegistryError when the address is none */
export function createRegistryHttp(address: RegistryAddress): RegistryHttp {
  const base = readBase(address.url)
  const ask = (call: Call) => askRegistry(base, address, call)
  const json = async <Answer>(call: Call) => parse((await ask(call)).text, base) as Answer
  return {
    get: (path, options = {}) => json({ method: 'GET', path, options }),
    text: async (path, options = {}) => (await ask({ method: 'GET', path, options })).text,
    post: (path, body, options = {}) => json({ method: 'POST', path, body, options }),
    put: (path, body, options = {}) => json({ method: 'PUT', path, body, options }),
    delete: async (path, options = {}) => void (await ask({ method: 'DELETE', path, options })),
  }
}

function readBase(url: string): string {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') throw notAnAddress(url)
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}

function notAnAddress(url: string): RegistryError {
  return new RegistryError(
    'NOT_A_REGISTRY',
    `${JSON.stringify(url)} is no address of a registry; one looks like http://127.0.0.1:4000/registry.`,
  )
}

async function askRegistry(base: string, address: RegistryAddress, call: Call): Promise<Answered> {
  const deadlineMs = call.options.deadlineMs ?? address.deadlineMs ?? defaultDeadlineMs
  const signal = AbortSignal.timeout(deadlineMs)
  const isRepeatable = call.method !== 'POST' || call.options.isIdempotent === true
  const once = () => askOnce(base, address, { ...call, signal })
  try {
    return await attempt(once, { isRepeatable, signal, random: address.random ?? Math.random })
  } catch (err) {
    if (err instanceof RegistryError || !signal.aborted) throw err
    throw timedOut(base, deadlineMs)
  }
}

type Timed = Call & { readonly signal: AbortSignal }

async function askOnce(base: string, address: RegistryAddress, call: Timed): Promise<Answered> {
  const { answer, text } = await exchange(base, address, call)
  const { status } = answer
  if (answer.ok || call.options.accepts?.includes(status)) return { status, text }
  // A redirection is not followed: the token is for the address that was given.
  if (status >= 300 && status < 400) {
    throw notARegistry(base, `with a redirection to ${answer.headers.get('location') ?? 'nowhere'}`)
  }
  throw gatewayFailure(base, status, text) ?? refusalOf(base, status, parseOrUndefined(text))
}

async function exchange(base: string, address: RegistryAddress, call: Timed) {
  try {
    const answer = await (address.fetch ?? fetch)(`${base}${call.path}`, requestOf(call, address.token))
    return { answer, text: await readText(answer, base) }
  } catch (err) {
    throw call.signal.aborted || err instanceof RegistryError ? err : unreachable(base, err)
  }
}

function requestOf({ method, body, signal }: Timed, token: string | undefined): RequestInit {
  const headers = {
    accept: 'application/json, text/plain, application/graphql',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return { method, signal, redirect: 'manual', headers, ...sent }
}

/** Something in front of the registry says that it is away. */
function gatewayFailure(base: string, status: number, text: string): RegistryError | undefined {
  const isAway = status === 502 || status === 503 || status === 504
  if (!isAway || parseOrUndefined(text)) return undefined
  return new RegistryError('UNAVAILABLE', `The registry at ${base} is not available (status ${status}).`, {
    status,
  })
}

async function readText({ body }: Response, base: string): Promise<string> {
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > mostCharacters) throw notARegistry(base, `more than ${mostCharacters} characters`)
  }
  return text + decoder.decode()
}

function parse(text: string, base: string): unknown {
  const value = parseOrUndefined(text)
  if (value === undefined) throw notARegistry(base, 'no JSON')
  return value
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function timedOut(base: string, deadlineMs: number): RegistryError {
  return new RegistryError('TIMED_OUT', `The registry at ${base} did not answer within ${deadlineMs} ms.`)
}

function unreachable(base: string, err: unknown): RegistryError {
  const { cause } = err as { cause?: { code?: unknown; message?: unknown } }
  const reason = cause?.code ?? cause?.message ?? (err instanceof Error ? err.message : String(err))
  return new RegistryError('UNREACHABLE', `The registry at ${base} cannot be reached (${reason}).`, {
    cause: err,
  })
}
