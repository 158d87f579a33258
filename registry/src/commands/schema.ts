import { checkCommand } from './check.ts'
import type { Invocation } from './command.ts'
import { composeCommand } from './compose.ts'
import { contractListCommand, contractRemoveCommand, contractSetCommand } from './contract.ts'
import { diffCommand } from './diff.ts'
import { publishCommand } from './publish.ts'
import { removeCommand } from './remove.ts'
import { rollbackCommand } from './rollback.ts'
import { type CommandGroup, runCommand } from './run-command.ts'
import { versionsCommand } from './versions.ts'

const group: CommandGroup = {
  program: 'headcount schema',
  about: `The graph's contract: from the subgraphs' schema files and from git, which need no server; and with a
registry, which says what is live. What it is about: --root DIR, else the repository of the folder
that it is called in.`,
  commands: {
    compose: composeCommand,
    check: checkCommand,
    diff: diffCommand,
    publish: publishCommand,
    remove: removeCommand,
    rollback: rollbackCommand,
    versions: versionsCommand,
    'contract set': contractSetCommand,
    'contract remove': contractRemoveCommand,
    'contract list': contractListCommand,
  },
}

/**
 * `headcount schema <command> …options`: the registry's client.
 * Answers the exit code: 0 safe or done, 1 breaking, not composed, refused or stale, 2 could not run.
 */
export function runSchema(argv: readonly string[], invocation: Invocation): Promise<number> {
  return runCommand(group, argv, invocation)
}
