import { type ParseArgsConfig, parseArgs } from 'node:util'

/** How a command was called: where it writes, and what surrounds it. */
export interface Invocation {
  /** Writes the text, one line or several, and ends the line. */
  out(text: string): void
  err(text: string): void
  /** The environment that it was called in. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The folder that it was called in. */
  readonly folder: string
  /** The program's own repository: what a call outside of any repository is about. */
  readonly home: string
}

/** The same for a command that knows which repository it is about. */
export interface Terminal extends Invocation {
  /** That repository's root. */
  readonly root: string
}

/** A subcommand: what it says of itself, and what it does. */
export interface Command {
  /** One line for the list of commands. */
  summary: string
  /** The whole text of `--help`. */
  help: string
  options: NonNullable<ParseArgsConfig['options']>
  /** Answers the exit code. Throws a UsageError, a GitError or a RegistryError when it could not run. */
  run(values: OptionValues, terminal: Terminal): number | Promise<number>
}

/** Options by name, as `parseArgs` read them. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** The command line is wrong; the message says what was given and what would be accepted. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** What every command takes. */
const commonOptions = { help: { type: 'boolean', short: 'h' }, root: { type: 'string' } } as const

/** Reads a command's options; no positional is taken. Throws a UsageError. */
export function readOptions(command: Command, argv: readonly string[]): OptionValues {
  try {
    const options = { ...command.options, ...commonOptions }
    return parseArgs({ args: [...argv], options, strict: true }).values as OptionValues
  } catch (err) {
    throw new UsageError(firstSentence(err instanceof Error ? err.message : String(err)))
  }
}

function firstSentence(text: string): string {
  return text.split(/\.? *\n|\. /, 1)[0] ?? text
}
