import type { ConfigField } from './config.ts'

interface Options<T> {
  /** What it sets: unit, limits, what happens at the limit. */
  readonly doc: string
  /** What an unset name means; left out = it must be set. */
  readonly fallback?: T
}

function field<T>(
  name: string,
  options: Options<T>,
  shape: string,
  read: (text: string) => T,
  isSecret = false,
): ConfigField<T> {
  const fallback = 'fallback' in options ? { value: options.fallback as T } : undefined
  return { name, doc: options.doc, shape, read, fallback, isSecret }
}

/** A whole number within limits. */
export function integer(
  name: string,
  options: Options<number> & { readonly minimum: number; readonly maximum: number },
): ConfigField<number> {
  const { minimum, maximum } = options
  return field(name, options, `an integer ${minimum}–${maximum}`, raw => {
    const value = Number(raw)
    if (!/^-?\d+$/.test(raw) || value < minimum || value > maximum) throw new Error('not in range')
    return value
  })
}

/** Any text of at least one character. */
export function text<T extends string | undefined = string>(name: string, options: Options<T>): ConfigField<T> {
  return field(name, options, 'text', raw => raw as T)
}

/** Text that is never shown; at least 32 characters unless `minimumLength` says otherwise. */
export function secret<T extends string | undefined = string>(
  name: string,
  options: Options<T> & { readonly minimumLength?: number },
): ConfigField<T> {
  const minimumLength = options.minimumLength ?? 32
  const read = (raw: string) => {
    if (raw.length < minimumLength) throw new Error('too short')
    return raw as T
  }
  return field(name, options, `a secret of at least ${minimumLength} characters`, read, true)
}

/** An address with one of the given schemes (`postgres`, `redis`, `nats`, `http` …). */
export function url<T extends string | undefined = string>(
  name: string,
  options: Options<T> & { readonly schemes: readonly string[] },
): ConfigField<T> {
  const shape = `an address ${options.schemes.map(scheme => `${scheme}://…`).join(' or ')}`
  const read = (raw: string) => {
    const scheme = URL.canParse(raw) ? new URL(raw).protocol.slice(0, -1) : undefined
    if (scheme === undefined || !options.schemes.includes(scheme)) throw new Error('not such an address')
    return raw as T
  }
  // Addresses may carry a password.
  return field(name, options, shape, read, true)
}

/** `true` or `false`. */
export function boolean(name: string, options: Options<boolean>): ConfigField<boolean> {
  return field(name, options, 'true or false', raw => {
    if (raw !== 'true' && raw !== 'false') throw new Error('neither')
    return raw === 'true'
  })
}

/** One of the given words. */
export function choice<const T extends string>(
  name: string,
  options: Options<NoInfer<T>> & { readonly values: readonly T[] },
): ConfigField<T> {
  return field(name, options, options.values.join(' | '), raw => {
    const found = options.values.find(value => value === raw)
    if (found === undefined) throw new Error('none of them')
    return found
  })
}

/** Words separated by commas; spaces around them are dropped. */
export function list(name: string, options: Options<readonly string[]>): ConfigField<readonly string[]> {
  return field(name, options, 'words separated by commas', raw =>
    raw.split(',').map(word => word.trim()).filter(word => word !== ''),
  )
}
