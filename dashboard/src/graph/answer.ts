import type { GraphError } from '@headcount/live-client'
import type { CombinedError } from '@urql/core'

/** Why a field, or the whole request, has no value. */
export interface Problem {
  /** `extensions.code` of the platform, or UNREACHABLE when no answer came. */
  code: string
  message: string
  /** Path of the field, joined by dots; empty for the whole request. */
  path: string
}

/** What came back: data and problems stand side by side, since one refused field does not spoil the rest. */
export interface Answer<Data> {
  data: Data | undefined
  problems: readonly Problem[]
}

export const UNREACHABLE = 'UNREACHABLE'
export const UNAUTHENTICATED = 'UNAUTHENTICATED'
export const FORBIDDEN = 'FORBIDDEN'

export function problemsOf(error: CombinedError | undefined): Problem[] {
  if (!error) return []
  // A body of GraphQL errors says more than the status it came with.
  if (error.graphQLErrors.length > 0) return error.graphQLErrors.map(readProblem)
  return [{ code: UNREACHABLE, message: error.networkError?.message ?? error.message, path: '' }]
}

function readProblem({ message, path, extensions }: GraphError): Problem {
  const code = extensions?.['code']
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    message,
    path: (path ?? []).join('.'),
  }
}

/** The first problem at a path or above it. */
export function problemAt(problems: readonly Problem[], path: string): Problem | undefined {
  return problems.find((one) => one.path === '' || one.path === path || path.startsWith(`${one.path}.`))
}

export function hasCode(problems: readonly Problem[], code: string): boolean {
  return problems.some((problem) => problem.code === code)
}
