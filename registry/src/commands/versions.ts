import type { Page, VersionSummary } from '@headcount/registry-api'
import { formatVersionLine } from '../reports/version.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'

const help = `Usage: headcount schema versions [--limit N] [--format human|json] [options]

Lists the versions of the graph, the latest first: which is live, which were refused, who made them.

  --limit N        how many, 1 to 200; default 20
  --format FORMAT  human or json; default human
${requiredRegistryHelp}

Exit code: 0 listed; 2 could not run.
`

export const versionsCommand: Command = {
  help,
  options: {
    ...registryOption,
    limit: { type: 'string', default: '20' },
    format: { type: 'string', default: 'human' },
  },
  run: runVersions,
}

async function runVersions({ limit, format, ...values }: OptionValues, terminal: Terminal): Promise<number> {
  const count = Number(limit)
  if (!/^[1-9]\d{0,2}$/.test(String(limit)) || count > 200) {
    throw new UsageError(`--limit is ${JSON.stringify(limit)}; it takes a number from 1 to 200`)
  }
  if (format !== 'human' && format !== 'json') {
    throw new UsageError(`Unknown format '${String(format)}': use human or json`)
  }
  const registry = requireRegistry(values, terminal)
  const { items } = await registry.get<Page<VersionSummary>>(`/versions?limit=${count}`)
  if (format === 'json') terminal.out(JSON.stringify(items, null, 2))
  else terminal.out(items.map(formatVersionLine).join('\n') || 'There is no version yet')
  return 0
}
