import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'
import { sendVersion } from './send-version.ts'

const help = `Usage: headcount schema rollback --to N [options]

Makes a new version with the subgraphs of an old one, and gives it to all gateways. Nothing of the
history is changed.

  --to N           number of the version, as \`headcount schema versions\` lists them
  --message TEXT   why, for the history
${requiredRegistryHelp}

Exit code: 0 live, or live before; 1 refused: it does not compose; 2 could not run.
`

export const rollbackCommand: Command = {
  help,
  options: { ...registryOption, to: { type: 'string' }, message: { type: 'string' } },
  run: runRollback,
}

function runRollback({ to, message, ...values }: OptionValues, terminal: Terminal): Promise<number> {
  const number = Number(to)
  if (!/^[1-9]\d{0,8}$/.test(String(to))) {
    throw new UsageError(`--to is ${JSON.stringify(to ?? '')}; it takes a version's number`)
  }
  const request = { to: number, ...(message && { message: String(message) }) }
  return sendVersion(requireRegistry(values, terminal), { path: '/rollback', request, terminal })
}
