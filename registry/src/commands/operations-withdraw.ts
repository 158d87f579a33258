import type { ManifestSummary } from '@headcount/registry-api'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'

const help = `Usage: headcount operations withdraw ID [--registry URL]

Takes a manifest back: gateways refuse its operations, but for those that another manifest of the client has.
Who still runs that build is locked out where only trusted documents are let through. Ids: operations list.

${requiredRegistryHelp}

Exit code: 0 withdrawn, also before; 2 could not run.
`

export const withdrawCommand: Command = {
  help,
  options: registryOption,
  names: { least: 1, most: 1, are: 'one ID' },
  run: runWithdraw,
}

async function runWithdraw(
  values: OptionValues,
  terminal: Terminal,
  [id = '']: readonly string[],
): Promise<number> {
  if (!/^[1-9]\d*$/.test(id)) throw new UsageError(`'${id}' is no id of a manifest: it is a number`)
  const path = `/manifests/${id}/withdraw`
  const { client, version, documents } = await requireRegistry(values, terminal).post<ManifestSummary>(
    path,
    {},
    { isIdempotent: true },
  )
  const build = [client || 'nobody in particular', version].filter(Boolean).join(' ')
  terminal.out(`Withdrew manifest ${id} of ${build}: ${documents} operations`)
  return 0
}
