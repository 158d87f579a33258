import type { UnusedAnswer } from '@headcount/registry-api'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'

const most = 3_650

const help = `Usage: headcount schema unused [--days N] [--format human|json] [options]

Lists what of the live API nobody used for so long: types, fields, arguments, input fields, enum values, with the
subgraphs that own them. [published] = a trusted document could still ask for it; [deprecated] = you may
remove it as soon as nobody does.

  --days N         1 to ${most}; default 30
  --format FORMAT  human or json; default human
${requiredRegistryHelp}

Exit code: 0 listed; 1 no traffic is recorded, so that nobody knows; 2 could not run.
`

export const unusedCommand: Command = {
  help,
  options: {
    ...registryOption,
    days: { type: 'string', default: '30' },
    format: { type: 'string', default: 'human' },
  },
  run: runUnused,
}

async function runUnused({ days, format, ...values }: OptionValues, terminal: Terminal): Promise<number> {
  if (!/^[1-9]\d{0,3}$/.test(String(days)) || Number(days) > most) {
    throw new UsageError(`--days is ${JSON.stringify(days)}; it takes a number from 1 to ${most}`)
  }
  if (format !== 'human' && format !== 'json') {
    throw new UsageError(`Unknown format '${String(format)}': use human or json`)
  }
  const answer = await requireRegistry(values, terminal).get<UnusedAnswer>(`/usage/unused?days=${days}`)
  if (format === 'json') terminal.out(JSON.stringify(answer, null, 2))
  else tell(answer, terminal)
  return answer.since === null ? 1 : 0
}

function tell({ days, since, coordinates }: UnusedAnswer, terminal: Terminal): void {
  if (since === null) {
    terminal.err(`No traffic of the last ${days} days is recorded: nobody knows what is used`)
    return
  }
  for (const { coordinate, owners, isDeprecated, isPublished } of coordinates) {
    const marks = [...(isDeprecated ? ['[deprecated]'] : []), ...(isPublished ? ['[published]'] : [])]
    terminal.out([coordinate, `(${owners.join(', ')})`, ...marks].join('  '))
  }
  terminal.err(
    `${coordinates.length} elements were not used in ${days} days; traffic is recorded since ${since}`,
  )
}
