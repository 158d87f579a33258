import type { ManifestSummary, Page } from '@headcount/registry-api'
import type { Command, OptionValues, Terminal } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'

const most = 200

const help = `Usage: headcount operations list [--client NAME] [--registry URL]

Lists the manifests that were published, the latest first (${most} at most), with the ids that withdraw takes.

  --client NAME    those of this client alone
${requiredRegistryHelp}

Exit code: 0 listed; 2 could not run.
`

export const listCommand: Command = {
  help,
  options: { ...registryOption, client: { type: 'string' } },
  run: runList,
}

async function runList(values: OptionValues, terminal: Terminal): Promise<number> {
  const query = new URLSearchParams({ limit: String(most) })
  if (values['client'] !== undefined) query.set('client', String(values['client']))
  const { items, before } = await requireRegistry(values, terminal).get<Page<ManifestSummary>>(
    `/manifests?${query}`,
  )
  if (items.length === 0) terminal.out('No manifest is published')
  else terminal.out(table(items))
  if (before !== null) terminal.err(`There are older ones than these ${items.length}`)
  return 0
}

const head = ['ID', 'CLIENT', 'VERSION', 'OPERATIONS', 'PUBLISHED', 'BY', '']

function table(items: readonly ManifestSummary[]): string {
  const rows = items.map(({ id, client, version, documents, at, by, isWithdrawn }) => [
    ...[id, client || '(anybody)', version ?? '-', String(documents), at, by],
    isWithdrawn ? 'withdrawn' : '',
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
