import type { ManifestSummary, Page } from '@headcount/registry-api'
import type { OperationsCall, OperationsCommand } from './operations-command.ts'
import { registryHelp } from './registry-option.ts'

const most = 200

const help = `Usage: headcount operations list [--client NAME] [--registry URL]

Lists the manifests that were published, the latest first (${most} at most), with the ids that withdraw takes.

  --client NAME    those of this client alone
${registryHelp}

Exit code: 0 listed; 2 could not run.
`

export const listCommand: OperationsCommand = {
  summary: 'lists the manifests that were published',
  help,
  options: { client: { type: 'string' } },
  names: { least: 0, most: 0, are: 'no name' },
  run: runList,
}

async function runList({ values, registry, invocation }: OperationsCall): Promise<number> {
  const query = new URLSearchParams({ limit: String(most) })
  if (values['client'] !== undefined) query.set('client', String(values['client']))
  const { items, before } = await registry.get<Page<ManifestSummary>>(`/manifests?${query}`)
  if (items.length === 0) invocation.out('No manifest is published')
  else invocation.out(table(items))
  if (before !== null) invocation.err(`There are older ones than these ${items.length}`)
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
