import { GitError } from '../sources/git.ts'
import { checkCommand } from './check.ts'
import { type Command, readOptions, type Terminal, UsageError } from './command.ts'
import { composeCommand } from './compose.ts'
import { diffCommand } from './diff.ts'

const commands: Readonly<Record<string, Command>> = {
  compose: composeCommand,
  check: checkCommand,
  diff: diffCommand,
}

const couldNotRun = 2

/**
 * `headcount schema <command> …options`: the registry's client over git, without a server.
 * Answers the exit code: 0 safe, 1 breaking, not composed or stale, 2 could not run.
 */
export async function runSchema(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(help())
    return name === undefined ? couldNotRun : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    terminal.err(`Unknown command '${name}': use ${Object.keys(commands).join(', ')}`)
    return couldNotRun
  }
  try {
    const values = readOptions(command, rest)
    if (values.help) {
      terminal.out(command.help.trimEnd())
      return 0
    }
    return await command.run(values, terminal)
  } catch (err) {
    if (err instanceof UsageError) terminal.err(`${err.message}. Try: headcount schema ${name} --help`)
    else if (err instanceof GitError) terminal.err(`Cannot read the base: ${err.message}`)
    else throw err
    return couldNotRun
  }
}

function help(): string {
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  return `Usage: headcount schema <command> [options]

The graph's contract, from the subgraphs' schema.graphql files and from git; no server is needed.

${list.join('\n')}

Each command explains itself with --help.`
}
