import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '@headcount/config'
import { RegistryError } from '../client/registry-error.ts'
import { GitError } from '../sources/git.ts'
import { findRoot } from '../sources/repository-root.ts'
import { UnreadableFile } from '../sources/unreadable-file.ts'
import { checkCommand } from './check.ts'
import { type Command, type Invocation, type OptionValues, readOptions, UsageError } from './command.ts'
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
export async function runSchema(argv: readonly string[], terminal: Invocation): Promise<number> {
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
    return await command.run(values, { ...terminal, root: rootOf(values, terminal) })
  } catch (err) {
    const told = sentenceOf(err, name)
    if (told === undefined) throw err
    terminal.err(told)
    return couldNotRun
  }
}

/** What is told of a command that could not run; undefined = a fault of ours. */
function sentenceOf(err: unknown, name: string): string | undefined {
  if (err instanceof UsageError) return `${err.message}. Try: headcount schema ${name} --help`
  if (err instanceof GitError) return `Cannot read the repository: ${err.message}`
  const isExpected =
    err instanceof RegistryError || err instanceof ConfigError || err instanceof UnreadableFile
  return isExpected ? err.message : undefined
}

function rootOf({ root }: OptionValues, invocation: Invocation): string {
  if (root === undefined) return findRoot(invocation)
  const named = resolve(invocation.folder, String(root))
  if (root === '' || !existsSync(named)) throw new UsageError(`There is no folder '${String(root)}' (--root)`)
  return named
}

function help(): string {
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  return `Usage: headcount schema <command> [options]

The graph's contract, from the subgraphs' schema files and from git; no server is needed. What it is
about: --root DIR, else the repository of the folder that it is called in.

${list.join('\n')}

Each command explains itself with --help.`
}
