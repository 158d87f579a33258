import type { Invocation } from './command.ts'
import { type CommandGroup, runCommand } from './run-command.ts'

const group: CommandGroup = {
  program: 'headcount schema',
  about: `The graph's contract: from the subgraphs' schema files and from git, which need no server; and with a
registry, which says what is live. What it is about: --root DIR, else the repository of the folder
that it is called in.`,
  commands: {
    compose: {
      summary: 'composes the subgraphs and writes schema/',
      load: async () => (await import('./compose.ts')).composeCommand,
    },
    check: {
      summary: 'says which changes break whom',
      load: async () => (await import('./check.ts')).checkCommand,
    },
    diff: {
      summary: 'shows the text of those changes',
      load: async () => (await import('./diff.ts')).diffCommand,
    },
    publish: {
      summary: 'gives a subgraph to the registry, and the graph to the gateways',
      load: async () => (await import('./publish.ts')).publishCommand,
    },
    remove: {
      summary: 'takes a subgraph out of the graph',
      load: async () => (await import('./remove.ts')).removeCommand,
    },
    rollback: {
      summary: 'makes an old version live again, as a new one',
      load: async () => (await import('./rollback.ts')).rollbackCommand,
    },
    versions: {
      summary: 'lists the versions of the graph',
      load: async () => (await import('./versions.ts')).versionsCommand,
    },
    unused: {
      summary: 'lists what nobody used',
      load: async () => (await import('./unused.ts')).unusedCommand,
    },
    'contract set': {
      summary: 'makes or changes a part of the graph for some, by tags',
      load: async () => (await import('./contract.ts')).contractSetCommand,
    },
    'contract remove': {
      summary: 'removes such a part',
      load: async () => (await import('./contract.ts')).contractRemoveCommand,
    },
    'contract list': {
      summary: 'lists such parts',
      load: async () => (await import('./contract.ts')).contractListCommand,
    },
  },
}

/**
 * `headcount schema <command> …options`: the registry's client.
 * Answers the exit code: 0 safe or done, 1 breaking, of wrong style, not composed, refused or stale, 2 could not run.
 */
export function runSchema(argv: readonly string[], invocation: Invocation): Promise<number> {
  return runCommand(group, argv, invocation)
}
