import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Where a command writes and where it runs. */
export interface Terminal {
  /** Writes the text, one line or several, and ends the line. */
  out(text: string): void
  err(text: string): void
  /** The repository's root. */
  root: string
}

/** A subcommand: what it says of itself, and what it does. */
export interface Command {
  /** One line for the list of commands. */
  summary: string
  /** The whole text of `--help`. */
  help: string
  options: NonNullable<ParseArgsConfig['options']>
  /** Answers the exit code. Throws a UsageError or a GitError when it could not run. */
  run(values: OptionValues, terminal: Terminal): number | Promise<number>
}

/** Options by name, as `parseArgs` read them. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** The command line is wrong; the message says what was given and what would be accepted. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Reads a command's options; no positional is taken. Throws a UsageError. */
export function readOptions(command: Command, argv: readonly string[]): OptionValues {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args: [...argv], options, strict: true }).values as OptionValues
  } catch (err) {
    throw new UsageError(firstSentence(err instanceof Error ? err.message : String(err)))
  }
}

function firstSentence(text: string): string {
  return text.split(/\.? *\n|\. /, 1)[0] ?? text
}
