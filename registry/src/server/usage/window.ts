import { RegistryProblem } from '../endpoint.ts'
import { dayMs, defaultRetentionDays } from './bounds.ts'
import type { UsageParts } from './usage-parts.ts'

/** The days that a question is about. */
export interface Window {
  readonly days: number
  /** Their beginning: a day by UTC, since what is older is kept by the day. */
  readonly since: Date
}

const integer = /^\d{1,9}$/

/** The window of `?days=`, 30 unless it is given. */
export function windowOf(
  query: URLSearchParams,
  { now, usageRetentionDays: max = defaultRetentionDays }: UsageParts,
): Window {
  return windowOfDays(queryInteger(query, 'days', { max, otherwise: Math.min(30, max) }), now())
}

/** The window of the last days: whole days, so that it begins up to a day earlier than asked for. */
export function windowOfDays(days: number, now: Date): Window {
  const since = now.getTime() - days * dayMs
  return { days, since: new Date(since - (since % dayMs)) }
}

/** A whole number of a query (`?days=30`), from 1 on; without it the default. */
export function queryInteger(
  query: URLSearchParams,
  name: string,
  { max, otherwise }: { max: number; otherwise: number },
): number {
  const text = query.get(name)
  if (text === null) return otherwise
  const value = integer.test(text) ? Number(text) : 0
  if (value >= 1 && value <= max) return value
  throw new RegistryProblem(
    'BAD_REQUEST',
    `${name} is ${JSON.stringify(text.slice(0, 60))}; it takes a whole number from 1 to ${max}.`,
  )
}
