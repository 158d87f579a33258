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
  /** Default: the standard input of the process. */
  readonly input?: AsyncIterable<Buffer> | undefined
}

/** The same for a command that knows which repository it is about. */
export interface Terminal extends Invocation {
  /** That repository's root. */
  readonly root: string
}

/** A subcommand: what it says of itself, and what it does. */
export interface Command {
  /** The whole text of `--help`. */
  help: string
  options: NonNullable<ParseArgsConfig['options']>
  /** What may stand beside the options, in words, and how many of it; undefined = nothing. */
  names?: { readonly least: number; readonly most: number; readonly are: string }
  /** Answers the exit code. Throws a UsageError, a GitError or a RegistryError when it could not run. */
  run(values: OptionValues, terminal: Terminal, names: readonly string[]): number | Promise<number>
}

/** Options by name, as `parseArgs` read them. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** The command line is wrong; the message says what was given and what would be accepted. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** What every command takes. */
const commonOptions = { help: { type: 'boolean', short: 'h' }, root: { type: 'string' } } as const

/** What stands on a command line. */
export interface CommandLine {
  readonly values: OptionValues
  readonly names: readonly string[]
}

/** Reads a command's options and names. Throws a UsageError. */
export function readCommandLine(command: Command, argv: readonly string[]): CommandLine {
  const { values, positionals: names } = parsed(command, argv)
  const { least, most, are } = command.names ?? { least: 0, most: 0, are: 'no name' }
  if (!values['help'] && (names.length < least || names.length > most)) {
    throw new UsageError(`It takes ${are}; ${names.length} were given`)
  }
  return { values, names }
}

function parsed(command: Command, argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...command.options, ...commonOptions },
      strict: true,
      allowPositionals: command.names !== undefined,
    })
    return { values: values as OptionValues, positionals }
  } catch (err) {
    throw new UsageError(firstSentence(err instanceof Error ? err.message : String(err)))
  }
}

function firstSentence(text: string): string {
  return text.split(/\.? *\n|\. /, 1)[0] ?? text
}
