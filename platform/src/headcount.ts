import { ConfigError } from '@headcount/config'
import { type Command, type Terminal, UsageError } from './commands/command.ts'

interface Listed {
  /** One line for the list of commands. */
  readonly summary: string
  /** Loads it; the others are left alone, since all of the platform takes seconds. */
  readonly load: () => Promise<Command>
}

const commands: Readonly<Record<string, Listed>> = {
  up: { summary: 'start the platform', load: async () => (await import('./commands/up.ts')).up },
  gateway: {
    summary: 'serve a supergraph of your own',
    load: async () => (await import('./commands/gateway.ts')).gatewayCommand,
  },
  schema: {
    summary: 'compose the graph, check a change of it, publish it',
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  registry: {
    summary: 'serve a registry of its own, and make tokens for one',
    load: async () => (await import('./commands/registry.ts')).registry,
  },
  operations: {
    summary: 'publish, list and withdraw trusted documents',
    load: async () => (await import('./commands/operations.ts')).operations,
  },
  admin: {
    summary: 'make the first account of an organization',
    load: async () => (await import('./commands/admin.ts')).admin,
  },
  'fetch-servers': {
    summary: 'bring NATS and Valkey for separate services',
    load: async () => (await import('./commands/fetch-servers.ts')).fetchServersCommand,
  },
}

const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(16)} ${summary}`)
const usage = `Usage: headcount COMMAND [options]

${list.join('\n')}

\`headcount COMMAND --help\` says more of each.`

const terminal: Terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  environment: process.env,
  folder: process.cwd(),
}

async function answer([name, ...argv]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(usage)
    return name === undefined ? 1 : 0
  }
  const listed = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!listed) throw new UsageError(`There is no command "${name}". ${usage}`)
  const command = await listed.load()
  const isHelp = command.help !== '' && argv.some((word) => word === '--help' || word === '-h')
  if (isHelp) {
    terminal.out(command.help)
    return 0
  }
  return command.run(argv, terminal)
}

/** Runs the command that the words name; answers the exit code. */
export async function runHeadcount(words: readonly string[]): Promise<number> {
  // Who reads may be gone, with a closed terminal or at the other end of a pipe. That must not end the program before it
  // has stopped what it started.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    return await answer(words)
  } catch (error) {
    // One line for people. A fault of ours shows its place as well.
    const isExpected =
      error instanceof UsageError || error instanceof ConfigError || !(error instanceof TypeError)
    terminal.err(`headcount: ${error instanceof Error ? error.message : String(error)}`)
    if (!isExpected && error instanceof Error) terminal.err(error.stack ?? '')
    return 1
  }
}
