import { text } from 'node:stream/consumers'
import { RegistryError } from '../client/registry-error.ts'
import { UnreadableFile } from '../sources/unreadable-file.ts'
import { type Invocation, UsageError } from './command.ts'
import { type OperationsCommand, readCall } from './operations-command.ts'
import { listCommand } from './operations-list.ts'
import { publishCommand } from './operations-publish.ts'
import { withdrawCommand } from './operations-withdraw.ts'
import { requireRegistry } from './registry-option.ts'

const commands: Readonly<Record<string, OperationsCommand>> = {
  publish: publishCommand,
  list: listCommand,
  withdraw: withdrawCommand,
}

const couldNotRun = 2

/**
 * `headcount operations <command> …options`: trusted documents of a registry.
 * Answers the exit code: 0 done, 1 refused, 2 could not run.
 */
export async function runOperations(
  argv: readonly string[],
  invocation: Invocation,
  input: AsyncIterable<Buffer> = process.stdin,
): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    invocation.out(help())
    return name === undefined ? couldNotRun : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    invocation.err(`Unknown command '${name}': use ${Object.keys(commands).join(', ')}`)
    return couldNotRun
  }
  try {
    const { values, names } = readCall(command, rest)
    if (values['help']) {
      invocation.out(command.help.trimEnd())
      return 0
    }
    const registry = requireRegistry(values, invocation)
    return await command.run({ values, names, registry, invocation, readInput: () => text(input) })
  } catch (err) {
    if (err instanceof UsageError) invocation.err(`${err.message}. Try: headcount operations ${name} --help`)
    else if (err instanceof RegistryError || err instanceof UnreadableFile) invocation.err(err.message)
    else throw err
    return couldNotRun
  }
}

function help(): string {
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  return `Usage: headcount operations <command> [options]

Trusted documents: the operations that a client's build publishes, so that gateways know them.

${list.join('\n')}

Each command explains itself with --help.`
}
