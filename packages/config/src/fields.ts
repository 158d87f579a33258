import type { ConfigField } from './config.ts'

interface Options<T> {
  /** What it sets: unit, limits, what happens at the limit. */
  readonly doc: string
  /** What an unset name means; left out = it must be set, unless `optional` says otherwise. */
  readonly fallback?: T
}

interface Kind<T> {
  readonly shape: string
  readonly isSecret?: boolean
  readonly read: (raw: string) => T
}

function field<T>(name: string, options: Options<T>, kind: Kind<T>): ConfigField<T> {
  const fallback = options.fallback === undefined ? undefined : { value: options.fallback }
  return { name, doc: options.doc, fallback, isSecret: false, ...kind }
}

/** The same setting, undefined when its name is unset. */
export function optional<T>(of: ConfigField<T>): ConfigField<T | undefined> {
  return { ...of, fallback: { value: undefined } }
}

/** A whole number within limits. */
export function integer(
  name: string,
  options: Options<number> & { readonly minimum: number; readonly maximum: number },
): ConfigField<number> {
  const { minimum, maximum } = options
  const read = (raw: string) => {
    const value = Number(raw)
    if (!/^-?\d+$/.test(raw) || value < minimum || value > maximum) throw new Error('not in range')
    return value
  }
  return field(name, options, { shape: `an integer ${minimum}–${maximum}`, read })
}

/** Any text of at least one character. */
export function text(name: string, options: Options<string>): ConfigField<string> {
  return field(name, options, { shape: 'text', read: (raw) => raw })
}

/** Text that is never shown; at least 32 characters unless `minimumLength` says otherwise. */
export function secret(
  name: string,
  options: Options<string> & { readonly minimumLength?: number },
): ConfigField<string> {
  const minimumLength = options.minimumLength ?? 32
  const read = (raw: string) => {
    if (raw.length < minimumLength) throw new Error('too short')
    return raw
  }
  return field(name, options, {
    shape: `a secret of at least ${minimumLength} characters`,
    isSecret: true,
    read,
  })
}

/** An address with one of the given schemes (`postgres`, `redis`, `nats`, `http` …). Not shown: it may carry a password. */
export function url(
  name: string,
  options: Options<string> & { readonly schemes: readonly string[] },
): ConfigField<string> {
  const shape = `an address ${options.schemes.map((scheme) => `${scheme}://…`).join(' or ')}`
  const read = (raw: string) => {
    const scheme = URL.canParse(raw) ? new URL(raw).protocol.slice(0, -1) : undefined
    if (scheme === undefined || !options.schemes.includes(scheme)) throw new Error('not such an address')
    return raw
  }
  return field(name, options, { shape, isSecret: true, read })
}

/** `true` or `false`. */
export function boolean(name: string, options: Options<boolean>): ConfigField<boolean> {
  const read = (raw: string) => {
    if (raw !== 'true' && raw !== 'false') throw new Error('neither')
    return raw === 'true'
  }
  return field(name, options, { shape: 'true or false', read })
}

/** One of the given words. */
export function choice<const T extends string>(
  name: string,
  options: Options<NoInfer<T>> & { readonly values: readonly T[] },
): ConfigField<T> {
  const read = (raw: string) => {
    const found = options.values.find((value) => value === raw)
    if (found === undefined) throw new Error('none of them')
    return found
  }
  return field(name, options, { shape: options.values.join(' | '), read })
}

/** Words separated by commas; spaces around them are dropped. */
export function list(name: string, options: Options<readonly string[]>): ConfigField<readonly string[]> {
  const read = (raw: string) => {
    const words = raw.split(',').map((word) => word.trim())
    return words.filter((word) => word !== '')
  }
  return field(name, options, { shape: 'words separated by commas', read })
}
