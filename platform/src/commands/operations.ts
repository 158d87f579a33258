import { fileURLToPath } from 'node:url'
import { runOperations } from '@headcount/registry/commands'
import type { Command } from './command.ts'

/** `headcount operations …`: trusted documents of a registry. */
export const operations: Command = {
  help: '',
  run: async (argv, terminal) =>
    runOperations(argv, {
      out: (text) => terminal.out(text),
      err: (text) => terminal.err(text),
      environment: terminal.environment,
      folder: terminal.folder,
      home: fileURLToPath(new URL('../../../', import.meta.url)),
    }),
}
