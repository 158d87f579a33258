import { RegistryProblem } from '../endpoint.ts'

/**
 * Readers of what a gateway sends: each takes the value and where it stands (`counts[3].requests`), and refuses at the first
 * that is wrong: it is a program that reads it, and reports are large. Members that nobody reads are a newer gateway's.
 */
export function readObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw wrong(where, 'a JSON object', value)
}

/** A list whose items `read` reads. */
export function readList<Item>(
  value: unknown,
  where: string,
  { read, atMost }: { read: (item: unknown, where: string) => Item; atMost: number },
): Item[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list', value)
  if (value.length > atMost) throw tooLarge(`${where} has ${value.length} items; ${atMost} are the most`)
  return value.map((item, index) => read(item, `${where}[${index}]`))
}

/** A text; NUL, which Postgres takes in none, and halves of characters become `�`. */
export function readText(value: unknown, where: string, { atMost }: { atMost: number }): string {
  if (typeof value !== 'string') throw wrong(where, 'a text', value)
  if (value.length > atMost) {
    throw tooLarge(`${where} has ${value.length} characters; ${atMost} are the most`)
  }
  return value.toWellFormed().replaceAll('\0', '\uFFFD')
}

/** A text of a shape; `shape` says it in words. */
export function readShaped(
  value: unknown,
  where: string,
  { pattern, shape }: { pattern: RegExp; shape: string },
): string {
  if (typeof value === 'string' && pattern.test(value)) return value
  throw wrong(where, shape, value)
}

/** A whole number within bounds. */
export function readInteger(
  value: unknown,
  where: string,
  { min, max }: { min: number; max: number },
): number {
  if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max)
    return value as number
  throw wrong(where, `a whole number from ${min} to ${max}`, value)
}

/** A time as RFC 3339. */
export function readTime(value: unknown, where: string): Date {
  const time = typeof value === 'string' && rfc3339.test(value) ? new Date(value) : undefined
  if (time && !Number.isNaN(time.getTime())) return time
  throw wrong(where, 'a time as RFC 3339 (2027-01-31T18:00:00Z)', value)
}

/** One of some words. */
export function readChoice<Choice extends string>(
  value: unknown,
  where: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw wrong(where, `one of ${choices.join(', ')}`, value)
}

/** Nothing (null or left out) or what `read` reads. */
export function readOptional<Value>(
  value: unknown,
  where: string,
  read: (value: unknown, where: string) => Value,
): Value | null {
  return value === undefined || value === null ? null : read(value, where)
}

function tooLarge(message: string): RegistryProblem {
  return new RegistryProblem('TOO_LARGE', message)
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

function wrong(where: string, right: string, value: unknown): RegistryProblem {
  return new RegistryProblem('BAD_REQUEST', `${where} must be ${right}; it is ${shown(value)}`)
}

/** A glimpse of a value: what was sent may be long. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
