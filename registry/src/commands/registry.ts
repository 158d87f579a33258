import type { Invocation } from './command.ts'
import { type CommandGroup, runCommand } from './run-command.ts'
import { tokenCreateCommand, tokenListCommand, tokenRevokeCommand } from './token.ts'

const group: CommandGroup = {
  program: 'headcount registry',
  about: `Administers a registry that runs: inside the platform (headcount up) or alone
(headcount registry, see headcount registry --help).`,
  commands: {
    'token create': tokenCreateCommand,
    'token list': tokenListCommand,
    'token revoke': tokenRevokeCommand,
  },
}

/** `headcount registry token …`. Answers the exit code: 0 done, 2 could not run. */
export function runRegistry(argv: readonly string[], invocation: Invocation): Promise<number> {
  return runCommand(group, argv, invocation)
}
