import { type FieldProblem, type ValidationError, validationError } from './problems.ts'

/** Limits of a number or of a text's length. */
export interface Limits {
  readonly minimum: number
  readonly maximum: number
}

/** Collects what is wrong with an input, so that one answer names every field. */
export interface FieldChecks {
  /** A text of so many characters, without control characters; blanks around it do not count. */
  text(path: string, value: string, limits: Limits): void
  /** A whole number within limits. */
  integer(path: string, value: number, limits: Limits): void
  /** A list of so many items. */
  list(path: string, value: readonly unknown[], limits: Limits): void
  /** Anything else: refused where `isGood` is false. */
  that(isGood: boolean, path: string, message: string): void
  /** The one ValidationError of all refused fields; undefined when all are good. */
  problem(): ValidationError | undefined
}

// Control characters; NUL among them, which Postgres takes in no text.
const control = /\p{Cc}/u

function count(number: number): string {
  return number.toLocaleString('en-GB')
}

/** Makes an empty collection of checks. */
export function fieldChecks(): FieldChecks {
  const fields: FieldProblem[] = []
  const that = (isGood: boolean, path: string, message: string) => {
    if (!isGood) fields.push({ path, message })
  }
  return {
    that,
    text(path, value, { minimum, maximum }) {
      const { length } = [...value.trim()]
      const range = `${path} takes ${count(minimum)} to ${count(maximum)} characters`
      that(length >= minimum && length <= maximum, path, `${range}; it has ${count(length)}.`)
      that(!control.test(value), path, `${path} must not hold control characters.`)
    },
    integer(path, value, { minimum, maximum }) {
      const isGood = Number.isInteger(value) && value >= minimum && value <= maximum
      that(isGood, path, `${path} takes ${count(minimum)} to ${count(maximum)}; it is ${value}.`)
    },
    list(path, value, { minimum, maximum }) {
      const isGood = value.length >= minimum && value.length <= maximum
      that(
        isGood,
        path,
        `${path} takes ${count(minimum)} to ${count(maximum)} items; it has ${count(value.length)}.`,
      )
    },
    problem: () => (fields.length > 0 ? validationError(...fields) : undefined),
  }
}
