import { fileURLToPath } from 'node:url'
import { runSchema } from '@headcount/registry/commands'
import type { Command } from './command.ts'

/** `headcount schema …`: the registry's client. */
export const schema: Command = {
  help: '',
  run: async (argv, terminal) =>
    runSchema([...argv], {
      out: (text) => terminal.out(text),
      err: (text) => terminal.err(text),
      environment: terminal.environment,
      folder: terminal.folder,
      home: fileURLToPath(new URL('../../../', import.meta.url)),
    }),
}
