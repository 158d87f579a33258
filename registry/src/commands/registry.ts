import type { Invocation } from './command.ts'
import { type CommandGroup, runCommand } from './run-command.ts'

const group: CommandGroup = {
  program: 'headcount registry',
  about: `Administers a registry that runs: inside the platform (headcount up) or alone
(headcount registry, see headcount registry --help).`,
  commands: {
    audit: {
      summary: 'lists who did what',
      load: async () => (await import('./audit.ts')).auditCommand,
    },
    'token create': {
      summary: 'makes a token',
      load: async () => (await import('./token.ts')).tokenCreateCommand,
    },
    'token list': {
      summary: 'lists the tokens',
      load: async () => (await import('./token.ts')).tokenListCommand,
    },
    'token revoke': {
      summary: 'ends a token',
      load: async () => (await import('./token.ts')).tokenRevokeCommand,
    },
  },
}

/** `headcount registry token …`. Answers the exit code: 0 done, 2 could not run. */
export function runRegistry(argv: readonly string[], invocation: Invocation): Promise<number> {
  return runCommand(group, argv, invocation)
}
