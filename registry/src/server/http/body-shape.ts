import { RegistryProblem } from '../endpoint.ts'

/** What a text of a body may be. */
interface TextRule {
  readonly max: number
  readonly isOptional?: boolean
  readonly pattern?: RegExp
  /** What the pattern means, in words. */
  readonly takes?: string
}

type Fields = Readonly<Record<string, unknown>>

/** Reads a JSON body and collects all that is wrong with it; `check` throws if anything was. */
export class BodyShape {
  readonly #problems: string[] = []

  /** An object's fields; nothing where it is none. */
  object(value: unknown, path: string): Fields {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
    this.wrong(path, 'takes an object')
    return {}
  }

  text(value: unknown, path: string, rule: TextRule): string | undefined {
    const { max, isOptional = false, pattern, takes = 'takes a text' } = rule
    if ((value === undefined || value === null) && isOptional) return undefined
    if (typeof value !== 'string') this.wrong(path, `is missing or no text; it ${takes}`)
    else if (value.length > max) this.wrong(path, `has ${value.length} characters; it takes ${max} at most`)
    else if (!value.isWellFormed() || value.includes('\0')) this.wrong(path, 'has a character that is none')
    else if (pattern && !pattern.test(value)) this.wrong(path, `is ${JSON.stringify(value)}; it ${takes}`)
    else return value
    return undefined
  }

  list(value: unknown, path: string, max: number): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) this.wrong(path, 'takes a list')
    else if (value.length > max) this.wrong(path, `has ${value.length} entries; it takes ${max} at most`)
    else return value
    return []
  }

  /** Refuses fields that nobody reads: they are misspelt. */
  only(fields: Fields, path: string, known: readonly string[]): void {
    for (const key of Object.keys(fields)) {
      if (!known.includes(key)) this.wrong(join(path, key), `is not known; known are ${known.join(', ')}`)
    }
  }

  wrong(path: string, sentence: string): void {
    this.#problems.push(`${path || 'the body'} ${sentence}`)
  }

  /** @throws RegistryProblem BAD_REQUEST with everything that is wrong */
  check(): void {
    if (this.#problems.length > 0) {
      throw new RegistryProblem('BAD_REQUEST', `${this.#problems.slice(0, 20).join('; ')}.`)
    }
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
