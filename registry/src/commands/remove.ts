import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'
import { sendVersion } from './send-version.ts'
import { wordList } from './word-list.ts'

const help = `Usage: headcount schema remove --subgraph NAME [options]

Takes a subgraph out of the graph: a new version without it, which is live when the rest composes. Keep
its service running until every gateway has that version.

  --subgraph NAME  the subgraph; several are separated by commas
  --message TEXT   why, for the history
${requiredRegistryHelp}

Exit code: 0 it is not live any more, or was not; 1 refused: the rest does not compose; 2 could not run.
`

export const removeCommand: Command = {
  help,
  options: { ...registryOption, subgraph: { type: 'string' }, message: { type: 'string' } },
  run: runRemove,
}

function runRemove({ subgraph, message, ...values }: OptionValues, terminal: Terminal): Promise<number> {
  if (!subgraph) throw new UsageError('Which subgraph? Name it with --subgraph')
  const remove = wordList(subgraph)
  const request = { remove, ...(message && { message: String(message) }) }
  return sendVersion(requireRegistry(values, terminal), { path: '/versions', request, terminal })
}
