import type { Invocation } from './command.ts'
import { type CommandGroup, runCommand } from './run-command.ts'

const group: CommandGroup = {
  program: 'headcount operations',
  about: "Trusted documents: the operations that a client's build publishes, so that gateways know them.",
  commands: {
    publish: {
      summary: "publishes the operations of a client's build",
      load: async () => (await import('./operations-publish.ts')).publishCommand,
    },
    list: {
      summary: 'lists the manifests that were published',
      load: async () => (await import('./operations-list.ts')).listCommand,
    },
    withdraw: {
      summary: 'takes a manifest back',
      load: async () => (await import('./operations-withdraw.ts')).withdrawCommand,
    },
  },
}

/**
 * `headcount operations <command> …options`: trusted documents of a registry.
 * Answers the exit code: 0 done, 1 refused, 2 could not run.
 */
export function runOperations(argv: readonly string[], invocation: Invocation): Promise<number> {
  return runCommand(group, argv, invocation)
}
