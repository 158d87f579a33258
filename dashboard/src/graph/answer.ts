import type { GraphError, LiveResult } from '@headcount/live-client'
import { UNKNOWN_DOCUMENT, UNKNOWN_DOCUMENT_WORDS } from './unknown-documents.ts'

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

/** No answer came, or none that could be read. */
export function unreachable(message: string): Answer<never> {
  return { data: undefined, problems: [{ code: UNREACHABLE, message, path: '' }] }
}

/** A body of GraphQL errors says more than the status it came with. @throws where there is neither data nor errors */
export async function readAnswer<Data>(response: Response): Promise<Answer<Data>> {
  const text = await response.text()
  const body = parse(text)
  if (!body?.data && !body?.errors?.length) {
    throw new Error(`The platform answered ${response.status} and no GraphQL.`)
  }
  return {
    data: (body.data ?? undefined) as Data | undefined,
    problems: (body.errors ?? []).map(readProblem),
  }
}

function parse(text: string): LiveResult | undefined {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined // a page of some proxy, and not of ours: its status has to do
  }
}

function readProblem({ message, path, extensions }: GraphError): Problem {
  const code = extensions?.['code']
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    message: code === UNKNOWN_DOCUMENT ? UNKNOWN_DOCUMENT_WORDS : message,
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
