/** Where in the file a value stands, and where its faults go. */
export interface Place {
  /** Keys and positions from the top. */
  readonly path: readonly (string | number)[]
  /** Notes a fault; the reading goes on, so that all of them are told at once. */
  readonly fault: (sentence: string, path: Place['path']) => void
}

/** One key of the file: what it takes, what it means, how a value is read. */
export interface Key<T> {
  readonly doc: string
  /** In words: `an integer 1-365 (days)`. */
  readonly takes: string
  /** What holds when it is absent, as the documents show it; undefined = it must be there. */
  readonly fallback: string | undefined
  /** Keys below it, for the documents, and what stands between its name and theirs. */
  readonly below?: { readonly keys: Keys; readonly mark: string }
  /** Reads a value; undefined = the key is absent. What it answers after a fault is not used. */
  read(value: unknown, place: Place): T
}

/** Keys by name. */
export type Keys = Readonly<Record<string, Key<unknown>>>

/** What keys are read to. */
export type Values<K extends Keys> = { readonly [Name in keyof K]: K[Name] extends Key<infer T> ? T : never }

/** A key that takes one value; `accept` answers undefined where it does not take it. */
export function scalar<T>(doc: string, takes: string, accept: (value: unknown) => T | undefined): Key<T> {
  return {
    doc,
    takes,
    fallback: undefined,
    read(value, place) {
      const accepted = value === undefined ? undefined : accept(value)
      if (accepted === undefined) misfit(value, place, takes)
      return accepted as T
    },
  }
}

/** The same key with what holds when it is absent. */
export function withDefault<T>(fallback: T & NonNullable<unknown>, key: Key<T>): Key<T> {
  const text = typeof fallback === 'string' ? fallback : JSON.stringify(fallback)
  return {
    ...key,
    fallback: text,
    read: (value, place) => (value === undefined ? fallback : key.read(value, place)),
  }
}

/** The same key that may be absent; `meaning` says what holds then. */
export function optional<T>(meaning: string, key: Key<T>): Key<T | undefined> {
  return {
    ...key,
    fallback: meaning,
    read: (value, place) => (value === undefined ? undefined : key.read(value, place)),
  }
}

/** Keys of its own; any other is a fault. */
export function group<const K extends Keys>(doc: string, keys: K): Key<Values<K>> {
  const names = Object.keys(keys).join(', ')
  return {
    doc,
    takes: 'keys',
    fallback: '',
    below: { keys, mark: '.' },
    read(value, place) {
      const given = value === undefined || value === null ? {} : value
      if (!isObject(given)) misfit(value, place, `the keys ${names}`)
      const values = isObject(given) ? given : {}
      for (const name of Object.keys(values)) {
        if (Object.hasOwn(keys, name)) continue
        place.fault(`there is no such key: known are ${names}`, [...place.path, name])
      }
      const entries = Object.entries(keys).map(([name, key]) => [
        name,
        key.read(own(values, name), under(place, name)),
      ])
      return Object.fromEntries(entries) as Values<K>
    },
  }
}

/** Names of the file's own, each with keys below it. */
export function named<T>(doc: string, takes: string, entry: Key<T>): Key<Readonly<Record<string, T>>> {
  return {
    doc,
    takes,
    fallback: '',
    ...(entry.below && { below: { keys: entry.below.keys, mark: '.<name>.' } }),
    read(value, place) {
      if (!isObject(value)) misfit(value, place, takes)
      const entries = Object.entries(isObject(value) ? value : {})
      return Object.fromEntries(entries.map(([name, one]) => [name, entry.read(one, under(place, name))]))
    },
  }
}

/** A list. */
export function list<T>(doc: string, takes: string, item: Key<T>): Key<readonly T[]> {
  return {
    doc,
    takes,
    fallback: '',
    ...(item.below && { below: { keys: item.below.keys, mark: '[].' } }),
    read(value, place) {
      if (!Array.isArray(value)) misfit(value, place, takes)
      return (Array.isArray(value) ? value : []).map((one, at) => item.read(one, under(place, at)))
    },
  }
}

function under({ path, fault }: Place, step: string | number): Place {
  return { path: [...path, step], fault }
}

function own(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function misfit(value: unknown, { path, fault }: Place, takes: string): void {
  const what = value === undefined ? 'missing' : value === null ? 'empty' : shown(value)
  fault(`it is ${what}, and takes ${takes}`, path)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
