import type { ContractSummary } from '@headcount/registry-api'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'
import { wordList } from './word-list.ts'

const refused = 422
const deadlineMs = 150_000

const setHelp = `Usage: headcount schema contract set --name NAME [--include TAGS] [--exclude TAGS] [options]

Makes or changes a contract: the graph with only what its tags let through. Gateways load it from
<registry>/contracts/NAME. An element gets tags in its subgraph's schema: @tag(name: "public").

  --name NAME         the contract
  --include TAGS      fields must have one of these tags, or their type must; separated by commas
  --exclude TAGS      what has one of these is hidden, whatever else it has; separated by commas
  --keep-unreachable  types that no field leads to any more stay visible
${requiredRegistryHelp}

Exit code: 0 it is served; 1 it does not work with what is live, and serves what it served; 2 could not run.
`

const removeHelp = `Usage: headcount schema contract remove --name NAME [options]

Removes a contract. Gateways that load it keep what they have, and should be given another first.

  --name NAME      the contract
${requiredRegistryHelp}

Exit code: 0 removed; 1 there was none; 2 could not run.
`

const listHelp = `Usage: headcount schema contract list [options]

Lists the contracts, what they serve, and why they do not work with the live version where they don't.

${requiredRegistryHelp}

Exit code: 0 listed; 2 could not run.
`

export const contractSetCommand: Command = {
  help: setHelp,
  options: {
    ...registryOption,
    name: { type: 'string' },
    include: { type: 'string' },
    exclude: { type: 'string' },
    'keep-unreachable': { type: 'boolean', default: false },
  },
  async run(values, terminal) {
    const body = {
      include: wordList(values['include']),
      exclude: wordList(values['exclude']),
      hidesUnreachable: values['keep-unreachable'] !== true,
    }
    const contract = await requireRegistry(values, terminal).put<ContractSummary>(pathOf(values), body, {
      accepts: [refused],
      deadlineMs,
    })
    return tell([contract], terminal)
  },
}

export const contractRemoveCommand: Command = {
  help: removeHelp,
  options: { ...registryOption, name: { type: 'string' } },
  async run(values, terminal) {
    const registry = requireRegistry(values, terminal)
    const path = pathOf(values)
    const all = await registry.get<ContractSummary[]>('/contracts')
    await registry.delete(path)
    if (all.some(({ name }) => name === values['name'])) {
      terminal.out(`Contract ${String(values['name'])} is removed`)
      return 0
    }
    const names = all.map(({ name }) => name).join(', ') || 'none'
    terminal.err(`There is no contract '${String(values['name'])}'; there are: ${names}`)
    return 1
  },
}

export const contractListCommand: Command = {
  help: listHelp,
  options: registryOption,
  async run(values, terminal) {
    const contracts = await requireRegistry(values, terminal).get<ContractSummary[]>('/contracts')
    if (contracts.length === 0) terminal.out('There is no contract')
    tell(contracts, terminal)
    return 0
  },
}

function pathOf({ name }: OptionValues): string {
  if (!name) throw new UsageError('Which contract? Name it with --name')
  return `/contracts/${encodeURIComponent(String(name))}`
}

/** Answers 1 where one does not work. */
function tell(contracts: readonly ContractSummary[], terminal: Terminal): number {
  for (const { name, include, exclude, servedVersion, errors } of contracts) {
    const tags = [...include.map((tag) => `+${tag}`), ...exclude.map((tag) => `-${tag}`)].join(' ')
    const serves = servedVersion === null ? 'serves nothing yet' : `serves version ${servedVersion}`
    terminal.out(`Contract ${name} (${tags}) ${serves}`)
    for (const error of errors) terminal.err(`  does not work with the live version: ${error}`)
  }
  return contracts.some(({ errors }) => errors.length > 0) ? 1 : 0
}
