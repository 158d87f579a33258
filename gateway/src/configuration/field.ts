/** Where in the file a value stands, and where its faults go. */
export interface Place {
  /** Keys from the top: `subgraphs.reviews.timeoutMs`. Empty for the file itself. */
  readonly path: string
  /** The file's folder: paths in the file start there. */
  readonly folder: string
  /** Notes a fault; the reading goes on, so that all of them are told at once. */
  readonly fault: (sentence: string) => void
}

/** One key of the file: what it takes, what it means, and how a value is read. */
export interface Field<T> {
  /** What it sets, and what happens at its limits. */
  readonly doc: string
  /** What it takes, in words: `an integer 1-600000 (milliseconds)`. */
  readonly shape: string
  /** What holds when the key is absent, as the table shows it; '' = nothing. */
  readonly fallback: string
  readonly isRequired: boolean
  /** Keys below it, for the table: `mark` stands between its name and theirs. */
  readonly below?: { readonly fields: Fields; readonly mark: string }
  /** Reads a value; undefined = the key is absent. What it answers after a fault is not used. */
  read(value: unknown, place: Place): T
}

/** Keys by name. */
export type Fields = Readonly<Record<string, Field<unknown>>>

/** What keys are read to. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never
}

/** A text of the file with values of the environment in it: any of them may be a secret. */
export class FromEnvironment {
  readonly text: string
  /** Whether a name was not there; that has been told already. */
  readonly isMissing: boolean

  constructor(text: string, isMissing: boolean) {
    this.text = text
    this.isMissing = isMissing
  }
}

/** The place one key further down. */
export function below(place: Place, key: string | number): Place {
  const step = typeof key === 'number' ? `[${key}]` : place.path === '' ? key : `.${key}`
  return { ...place, path: place.path + step }
}

const longestShown = 60

/** A value as a refusal shows it: without a password that stands in an address. */
function shown(value: unknown): string {
  if (value instanceof FromEnvironment) return 'not usable as the environment gives it'
  const text = (JSON.stringify(value) ?? String(value)).replaceAll(/\/\/[^/@"]*@/g, '//…@')
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

/** Notes that a value is not what its key takes. */
export function misfit(value: unknown, place: Place, shape: string): void {
  if (value instanceof FromEnvironment && value.isMissing) return
  const what = value === null ? 'empty' : shown(value)
  place.fault(`${place.path === '' ? 'The file' : place.path} is ${what}: it takes ${shape}`)
}

/** The same key with a value that holds when it is absent. */
export function withDefault<T>(fallback: T & NonNullable<unknown>, field: Field<T | undefined>): Field<T> {
  const text = typeof fallback === 'string' ? fallback : JSON.stringify(fallback)
  return {
    ...field,
    fallback: text,
    read: (value, place) => (value === undefined ? fallback : (field.read(value, place) ?? fallback)),
  }
}

/** The same key with a word on what holds when it is absent, where that is decided elsewhere. */
export function otherwise<T>(fallback: string, field: Field<T>): Field<T> {
  return { ...field, fallback }
}

/** The same key, that must be there. */
export function required<T>(field: Field<T | undefined>): Field<T> {
  return {
    ...field,
    isRequired: true,
    read(value, place) {
      if (value === undefined) place.fault(`${place.path} is missing: it takes ${field.shape}`)
      return field.read(value, place) as T
    },
  }
}
