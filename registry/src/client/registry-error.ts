import { type ProblemAnswer, type RegistryProblemCode, registryProblems } from '@headcount/registry-api'

/**
 * Why there is no answer of the registry: its own refusal, or that it was not reached (`UNREACHABLE`), was not done by the
 * deadline (`TIMED_OUT`), or that what answers there is something else (`NOT_A_REGISTRY`).
 */
export type RegistryErrorCode = RegistryProblemCode | 'UNREACHABLE' | 'TIMED_OUT' | 'NOT_A_REGISTRY'

/** A request to the registry came to nothing; the message says what was wrong and what would be right. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: RegistryErrorCode
  /** HTTP status; undefined = there was no answer. */
  readonly status: number | undefined

  constructor(code: RegistryErrorCode, message: string, { status, cause }: RegistryErrorOptions = {}) {
    super(message, { cause })
    this.code = code
    this.status = status
  }
}

interface RegistryErrorOptions {
  readonly status?: number
  readonly cause?: unknown
}

/** The error that an answer tells, as the registry words it, with what to do where that is known. */
export function refusalOf(address: string, status: number, body: unknown): RegistryError {
  if (!isProblem(body))
    return notARegistry(address, `status ${status} without a reason that a registry gives`)
  const { code, message } = body.error
  return new RegistryError(code, `${sentence(message)}${advice[code] ?? ''}`, { status })
}

/** What answers at the address speaks another language. */
export function notARegistry(address: string, what: string): RegistryError {
  return new RegistryError(
    'NOT_A_REGISTRY',
    `${address} is no registry: it answers ${what}. A registry's address looks like http://127.0.0.1:4000/registry.`,
  )
}

const advice: Partial<Record<RegistryProblemCode, string>> = {
  UNAUTHENTICATED: ' Give a token (hcr_…) in HEADCOUNT_REGISTRY_TOKEN.',
  FORBIDDEN: ' Use a token with that scope, or have one made.',
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function isProblem(body: unknown): body is ProblemAnswer {
  const error = (body as Partial<ProblemAnswer> | null)?.error
  return (
    typeof error?.message === 'string' &&
    typeof error.code === 'string' &&
    Object.hasOwn(registryProblems, error.code)
  )
}
