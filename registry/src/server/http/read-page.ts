import { RegistryProblem } from '../endpoint.ts'

/** Where a page of a list begins, and how long it is. */
export interface PageRequest {
  /** Only what has a smaller number. */
  readonly before: number
  readonly limit: number
}

const defaultLimit = 50
const longest = 200
/** Above every number that is given out. */
const end = 2_147_483_647

/** Reads `?before=<cursor>&limit=<1..200>`. @throws RegistryProblem BAD_REQUEST */
export function readPage(query: URLSearchParams): PageRequest {
  const before = query.get('before')
  const limit = query.get('limit')
  if (before !== null && !isNumber(before, end)) {
    throw new RegistryProblem(
      'BAD_REQUEST',
      `before is ${JSON.stringify(before)}; it takes the "before" of a page.`,
    )
  }
  if (limit !== null && !isNumber(limit, longest)) {
    throw new RegistryProblem(
      'BAD_REQUEST',
      `limit is ${JSON.stringify(limit)}; it takes a number from 1 to ${longest}.`,
    )
  }
  return {
    before: before === null ? end : Number(before),
    limit: limit === null ? defaultLimit : Number(limit),
  }
}

/** Reads a whole number from 1 on in a path or a query. @throws RegistryProblem BAD_REQUEST that names it */
export function readNumber(text: string | null | undefined, name: string): number {
  if (text && isNumber(text, end)) return Number(text)
  throw new RegistryProblem(
    'BAD_REQUEST',
    `${name} is ${JSON.stringify(text ?? '')}; it takes a number from 1 on.`,
  )
}

function isNumber(text: string, most: number): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= most
}
