import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { isRedisUrl, redisUrlShape } from '@headcount/live/settings'
import { isPreflighted } from '../steps/guard-cross-site.ts'
import { isHeaderName, isSendable } from '../upstream/headers/names.ts'
import { type Field, FromEnvironment, misfit } from './field.ts'
import { isOrigin, originShape } from './origins.ts'

interface Scalar<T> {
  readonly doc: string
  readonly shape: string
  /** The value, or undefined when it is none. */
  readonly of: (value: unknown) => T | undefined
}

function scalar<T>({ doc, shape, of }: Scalar<T>): Field<T | undefined> {
  return {
    doc,
    shape,
    fallback: '',
    isRequired: false,
    read(value, place) {
      if (value === undefined) return undefined
      const found = of(value)
      if (found === undefined) misfit(value, place, shape)
      return found
    },
  }
}

function textOf(value: unknown): string | undefined {
  const text = value instanceof FromEnvironment ? value.text : value
  return typeof text === 'string' && text !== '' ? text : undefined
}

interface IntegerRange {
  readonly doc: string
  readonly minimum: number
  readonly maximum: number
  /** `milliseconds`, `bytes` … */
  readonly unit?: string
}

/** A whole number within limits. */
export function integer({ doc, minimum, maximum, unit }: IntegerRange): Field<number | undefined> {
  const of = (value: unknown) => {
    const number = value instanceof FromEnvironment && /^-?\d+$/.test(value.text) ? Number(value.text) : value
    const isGood = Number.isInteger(number) && Number(number) >= minimum && Number(number) <= maximum
    return isGood ? Number(number) : undefined
  }
  const shape = `an integer ${minimum}-${maximum}${unit === undefined ? '' : ` (${unit})`}`
  return scalar({ doc, shape, of })
}

/** Any text of at least one character. */
export function text(doc: string, shape = 'text'): Field<string | undefined> {
  return scalar({ doc, shape, of: textOf })
}

/** Text that a regular expression accepts. */
export function textLike(doc: string, shape: string, pattern: RegExp): Field<string | undefined> {
  const of = (value: unknown) => {
    const found = textOf(value)
    return found !== undefined && pattern.test(found) ? found : undefined
  }
  return scalar({ doc, shape, of })
}

/** Text that no refusal shows. */
export function secret(doc: string): Field<string | undefined> {
  const shape = 'text, best of the environment'
  return {
    ...text(doc, shape),
    read(value, place) {
      const found = textOf(value)
      const isMissing = value instanceof FromEnvironment && value.isMissing
      if (value !== undefined && found === undefined && !isMissing) {
        place.fault(`${place.path} (not shown) is no text: it takes ${shape}`)
      }
      return found
    },
  }
}

/** `true` or `false`. */
export function boolean(doc: string): Field<boolean | undefined> {
  const of = (value: unknown) => {
    const word = value instanceof FromEnvironment ? value.text : String(value)
    const isWord = typeof value === 'boolean' || value instanceof FromEnvironment
    return isWord && (word === 'true' || word === 'false') ? word === 'true' : undefined
  }
  return scalar({ doc, shape: 'true or false', of })
}

/** One of the given words. */
export function choice<const T extends string>(doc: string, values: readonly T[]): Field<T | undefined> {
  return scalar({
    doc,
    shape: values.join(' | '),
    of: (value) => values.find((word) => word === textOf(value)),
  })
}

/** An address with one of the given schemes. */
export function url(doc: string, schemes: readonly string[] = ['http', 'https']): Field<string | undefined> {
  const of = (value: unknown) => {
    const found = textOf(value)
    const scheme = found !== undefined && URL.canParse(found) ? new URL(found).protocol.slice(0, -1) : ''
    return schemes.includes(scheme) ? found : undefined
  }
  const shape = `an address ${schemes.map((scheme) => `${scheme}://…`).join(' or ')}`
  return scalar({ doc, shape, of })
}

/** Address of a Redis, or of several nodes of one cluster. */
export function redisUrl(doc: string): Field<string | undefined> {
  const of = (value: unknown) => {
    const found = textOf(value)
    return found !== undefined && isRedisUrl(found) ? found : undefined
  }
  return scalar({ doc, shape: redisUrlShape, of })
}

/** An origin as browsers send it. */
export function origin(doc: string): Field<string | undefined> {
  const of = (value: unknown) => {
    const found = textOf(value)
    return found !== undefined && isOrigin(found) ? found : undefined
  }
  return scalar({ doc, shape: originShape, of })
}

function header(doc: string, shape: string, isGood: (name: string) => boolean): Field<string | undefined> {
  const of = (value: unknown) => {
    const name = textOf(value)?.toLowerCase()
    return name !== undefined && isGood(name) ? name : undefined
  }
  return scalar({ doc, shape, of })
}

/** Name of a header, read in lower case. */
export function headerName(doc: string): Field<string | undefined> {
  return header(doc, 'the name of a header', isHeaderName)
}

/** Name of a header that tells a request from one that a page of another site has made, read in lower case. */
export function preflightedHeaderName(doc: string): Field<string | undefined> {
  const shape = 'the name of a header that no page sends, and no browser adds, without a preflight'
  return header(doc, shape, (name) => isHeaderName(name) && isPreflighted(name))
}

/** Name of a header that a rule may put on a fetch, read in lower case. */
export function sentHeaderName(doc: string): Field<string | undefined> {
  const shape = 'the name of a header that is not of the connection (host, te, …) nor the gateway’s own'
  return header(doc, shape, (name) => isHeaderName(name) && isSendable(name))
}

/** A regular expression as JavaScript knows them. */
export function pattern(doc: string): Field<string | undefined> {
  const of = (value: unknown) => {
    const source = textOf(value)
    try {
      return source === undefined ? undefined : new RegExp(source).source
    } catch {
      // Not a regular expression: the refusal says so.
      return undefined
    }
  }
  return scalar({ doc, shape: 'a regular expression', of })
}

/** A path, from the file's folder; read as an absolute one. */
export function path(doc: string): Field<string | undefined> {
  const field = text(doc, 'a path')
  return {
    ...field,
    read(value, place) {
      const found = field.read(value, place)
      return found === undefined ? undefined : resolve(place.folder, found)
    },
  }
}

/** A path as {@link path} reads it, or the word `none` as it is. */
export function pathOrNone(doc: string): Field<string | undefined> {
  const field = text(doc, 'a path, or none')
  return {
    ...field,
    read(value, place) {
      const found = field.read(value, place)
      return found === undefined || found === 'none' ? found : resolve(place.folder, found)
    },
  }
}

/** A path of a file that must be there. */
export function existingFile(doc: string): Field<string | undefined> {
  const field = path(doc)
  return {
    ...field,
    shape: 'the path of a file',
    read(value, place) {
      const found = field.read(value, place)
      if (found !== undefined && !existsSync(found))
        place.fault(`${place.path} is ${found}: there is no such file`)
      return found
    },
  }
}
