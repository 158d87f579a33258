/** One setting: where it comes from, what it accepts, what it means. */
export interface ConfigField<T> {
  /** Name in the environment. */
  readonly name: string
  /** What it sets: unit, limits, what happens at the limit. */
  readonly doc: string
  /** Shape in words, for the table and for refusals: `integer 0–65535`. */
  readonly shape: string
  /** What an unset name means; undefined = it must be set. */
  readonly fallback: { readonly value: T } | undefined
  /** Whether its value must never be shown. */
  readonly isSecret: boolean
  /** Reads the text, or throws an Error whose message says what is wrong with it. */
  readonly read: (text: string) => T
}

/** A service's settings: key → field. */
export type ConfigSpec = Readonly<Record<string, ConfigField<unknown>>>

/** What `readConfig` makes of a spec. */
export type Settings<S extends ConfigSpec> = {
  readonly [K in keyof S]: S[K] extends ConfigField<infer T> ? T : never
}

/** The start must stop: every problem of the configuration at once, one a line. */
export class ConfigError extends Error {
  /** One sentence each. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const failed = Symbol('failed')

function readField(field: ConfigField<unknown>, raw: string | undefined, problems: string[]): unknown {
  if (raw === undefined || raw === '') {
    if (field.fallback) return field.fallback.value
    problems.push(`${field.name} is missing: ${field.shape}. ${field.doc}`)
    return failed
  }
  try {
    return field.read(raw)
  } catch (error) {
    const shown = field.isSecret ? '(not shown)' : JSON.stringify(raw)
    problems.push(
      `${field.name} is ${shown}: ${error instanceof Error ? error.message : 'not usable'}; it takes ${field.shape}.`,
    )
    return failed
  }
}

/**
 * Reads a spec from an environment into one frozen object.
 *
 * @param options.ownPrefix names that begin so and are in no spec are refused, since they are misspelt
 * @throws ConfigError with all problems
 */
export function readConfig<S extends ConfigSpec>(
  spec: S,
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly ownPrefix?: string; readonly alsoKnown?: readonly string[] } = {},
): Settings<S> {
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(spec)) {
    settings[key] = readField(field, environment[field.name], problems)
  }
  if (options.ownPrefix !== undefined) {
    const known = new Set([...Object.values(spec).map((field) => field.name), ...(options.alsoKnown ?? [])])
    for (const name of Object.keys(environment)) {
      if (name.startsWith(options.ownPrefix) && !known.has(name)) problems.push(`${name} is not a setting.`)
    }
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(settings) as Settings<S>
}
