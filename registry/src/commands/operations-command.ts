import { parseArgs } from 'node:util'
import type { RegistryHttp } from '../client/registry-http.ts'
import { type Command, type Invocation, type OptionValues, UsageError } from './command.ts'
import { registryOption } from './registry-option.ts'

/** What a subcommand of `headcount operations` works with. */
export interface OperationsCall {
  readonly values: OptionValues
  /** What stands after the options: files, or an id. */
  readonly names: readonly string[]
  readonly registry: RegistryHttp
  readonly invocation: Invocation
  /** Reads standard input to its end. */
  readonly readInput: () => Promise<string>
}

/** A subcommand: what it says of itself, and what it does. */
export interface OperationsCommand extends Pick<Command, 'summary' | 'help' | 'options'> {
  /** How many names it takes, from … to …, and what they are. */
  readonly names: { readonly least: number; readonly most: number; readonly are: string }
  /** Answers the exit code. */
  run(call: OperationsCall): Promise<number>
}

/** Reads a subcommand's options and names. Throws a UsageError. */
export function readCall(
  { options, names }: OperationsCommand,
  argv: readonly string[],
): Pick<OperationsCall, 'values' | 'names'> {
  const { values, positionals } = parsed(options, argv)
  const { least, most, are } = names
  if (values['help'] !== true && (positionals.length < least || positionals.length > most)) {
    throw new UsageError(`It takes ${are}; ${positionals.length} were given`)
  }
  return { values, names: positionals }
}

function parsed(options: Command['options'], argv: readonly string[]) {
  try {
    const all = { ...options, ...registryOption, help: { type: 'boolean', short: 'h' } } as const
    const { values, positionals } = parseArgs({
      ...{ args: [...argv], options: all, strict: true, allowPositionals: true },
    })
    return { values: values as OptionValues, positionals }
  } catch (err) {
    const [sentence = ''] = (err instanceof Error ? err.message : String(err)).split(/\.? *\n|\. /, 1)
    throw new UsageError(sentence)
  }
}
