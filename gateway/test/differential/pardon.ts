import type { Expected } from './oracle.ts'

export type Path = readonly (string | number)[]

export function child(value: unknown, key: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>>)[key]
}

export function isAtOrBelow(path: Path | undefined, above: Path): boolean {
  return path !== undefined && above.every((key, index) => path[index] === key)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is no fault of the gateway's, by the right answer and the response keys of fields with `@requires`. */
export class Pardon {
  readonly #expected: Expected
  readonly #requiring: ReadonlySet<string>

  constructor(expected: Expected, requiring: ReadonlySet<string>) {
    this.#expected = expected
    this.#requiring = requiring
  }

  /**
   * Whether another value may be at a place. What a field requires is fetched with what else is asked for of the same
   * objects. Where a fault there takes one along, it is null or gone, and the field is another one.
   */
  isFor(path: Path): boolean {
    const place = path.findIndex((key) => this.#requiring.has(String(key)))
    return place >= 0 && this.#isFaultIn(path.slice(0, place), path)
  }

  /**
   * Whether nothing may be there: planners ask for other fields together with such a one, and that may not be null and
   * take its object along.
   */
  isForNull(path: Path): boolean {
    let value: unknown = this.#expected.data
    for (const [place, key] of [...path, ''].entries()) {
      const isBeside = isRecord(value) && Object.keys(value).some((it) => this.#requiring.has(it))
      if (isBeside && this.#isFaultIn(path.slice(0, place), path)) return true
      if (typeof value !== 'object' || value === null) return false
      value = child(value, key)
    }
    return false
  }

  /** Whether an object may be in the place of null: such a field took it along, and is another one now. */
  isForObject(path: Path): boolean {
    return this.#expected.errors.some((error) => {
      const below = error.path?.slice(path.length) ?? []
      if (!isAtOrBelow(error.path?.map(String), path.map(String))) return false
      return below.some((key) => this.#requiring.has(String(key))) && this.#isFaultIn(path, error.path ?? [])
    })
  }

  /** Whether there is a fault within a place, and not at another one alone. */
  #isFaultIn(place: Path, other: Path): boolean {
    const [within, besides] = [place.map(String), other.map(String)]
    return this.#expected.errors.some(({ path }) => {
      const texts = path?.map(String)
      return (
        isAtOrBelow(texts, within) &&
        !(texts && isAtOrBelow(texts, besides) && besides.length > within.length)
      )
    })
  }
}
