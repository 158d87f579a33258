import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '@headcount/config'
import { RegistryError } from '../client/registry-error.ts'
import { GitError } from '../sources/git.ts'
import { findRoot } from '../sources/repository-root.ts'
import { UnreadableFile } from '../sources/unreadable-file.ts'
import { type Command, type Invocation, type OptionValues, readCommandLine, UsageError } from './command.ts'

/** A command in a list of them. */
export interface Listed {
  /** One line. */
  readonly summary: string
  /** Loads it; the others are left alone: composition and comparison take a quarter of a second. */
  readonly load: () => Promise<Command>
}

/** Commands under one word of `headcount`. */
export interface CommandGroup {
  /** What stands before a command's name: `headcount schema`. */
  readonly program: string
  /** What they are about, for the group's own help. */
  readonly about: string
  /** By name; a name may have two words: `token create`. */
  readonly commands: Readonly<Record<string, Listed>>
}

const couldNotRun = 2

/** Runs the command that the words name. Answers the exit code: 0, 1 as the command says, 2 could not run. */
export async function runCommand(
  group: CommandGroup,
  argv: readonly string[],
  invocation: Invocation,
): Promise<number> {
  const [first] = argv
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    invocation.out(helpOf(group))
    return first === undefined ? couldNotRun : 0
  }
  const found = find(group, argv)
  if (!found) {
    invocation.err(`Unknown command '${wordsOf(group, argv)}': use ${Object.keys(group.commands).join(', ')}`)
    return couldNotRun
  }
  const { name, listed, rest } = found
  try {
    return await runOne(await listed.load(), rest, invocation)
  } catch (err) {
    const told = sentenceOf(err, `${group.program} ${name}`)
    if (told === undefined) throw err
    invocation.err(told)
    return couldNotRun
  }
}

async function runOne(command: Command, argv: readonly string[], invocation: Invocation): Promise<number> {
  const { values, names } = readCommandLine(command, argv)
  if (values['help']) {
    invocation.out(command.help.trimEnd())
    return 0
  }
  let root: string | undefined
  const terminal = {
    ...invocation,
    // Found when it is asked for: a command that speaks with a registry alone is about no repository.
    get root() {
      root ??= rootOf(values, invocation)
      return root
    },
  }
  return command.run(values, terminal, names)
}

function find({ commands }: CommandGroup, argv: readonly string[]) {
  for (const words of [1, 2]) {
    const name = argv.slice(0, words).join(' ')
    const listed = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (listed) return { name, listed, rest: argv.slice(words) }
  }
  return undefined
}

/** The words that were meant as a command: two where a command begins with the first. */
function wordsOf({ commands }: CommandGroup, [first = '', second]: readonly string[]): string {
  const isBegun = Object.keys(commands).some((name) => name.startsWith(`${first} `))
  return isBegun && second !== undefined && !second.startsWith('-') ? `${first} ${second}` : first
}

/** What is told of a command that could not run; undefined = a fault of ours. */
function sentenceOf(err: unknown, command: string): string | undefined {
  if (err instanceof UsageError) return `${err.message}. Try: ${command} --help`
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

function helpOf({ program, about, commands }: CommandGroup): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: ${program} <command> [options]

${about}

${list.join('\n')}

Each command explains itself with --help.`
}
