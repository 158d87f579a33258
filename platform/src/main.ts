import { ConfigError } from '@headcount/config'
import { admin } from './commands/admin.ts'
import { type Command, type Terminal, UsageError } from './commands/command.ts'
import { fetchServersCommand } from './commands/fetch-servers.ts'
import { gatewayCommand } from './commands/gateway.ts'
import { schema } from './commands/schema.ts'
import { up } from './commands/up.ts'

const commands: Readonly<Record<string, Command>> = {
  up,
  gateway: gatewayCommand,
  schema,
  admin,
  'fetch-servers': fetchServersCommand,
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

async function main([name, ...argv]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(usage)
    return name === undefined ? 1 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new UsageError(`There is no command "${name}". ${usage}`)
  const isHelp = command.help !== '' && argv.some((word) => word === '--help' || word === '-h')
  if (isHelp) {
    terminal.out(command.help)
    return 0
  }
  return command.run(argv, terminal)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  // One line for people. A fault of ours shows its place as well.
  const isExpected =
    error instanceof UsageError || error instanceof ConfigError || !(error instanceof TypeError)
  terminal.err(`headcount: ${error instanceof Error ? error.message : String(error)}`)
  if (!isExpected && error instanceof Error) terminal.err(error.stack ?? '')
  process.exitCode = 1
}
