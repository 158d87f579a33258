import { resolve } from 'node:path'
import { type Composed, compose } from '../composition/compose.ts'
import { publishedFiles, type StaleFile, staleFiles, writeFiles } from '../published-files.ts'
import { formatErrors } from '../reports/human.ts'
import { unifiedDiff } from '../reports/unified-diff.ts'
import { readWorkingTree } from '../sources/working-tree.ts'
import type { Command, OptionValues, Terminal } from './command.ts'

const help = `Usage: headcount schema compose [--out DIR] [--check]

Composes subgraphs/*/schema.graphql and writes what gateways, apps and reviews read:

  DIR/supergraph.graphql        what a gateway loads
  DIR/api.graphql               what an app sees
  DIR/subgraphs/<name>.graphql  the schema that each subgraph published

  --out DIR   where to write; default schema
  --check     write nothing; show how the files differ from what would be written

Exit code: 0 written or up to date; 1 does not compose, or (with --check) not up to date; 2 could not run.
`

export const composeCommand: Command = {
  help,
  options: { out: { type: 'string', default: 'schema' }, check: { type: 'boolean', default: false } },
  run: runCompose,
}

function runCompose({ out, check }: OptionValues, terminal: Terminal): number {
  const subgraphs = readWorkingTree(terminal.root)
  const composed = compose(subgraphs)
  if (composed.errors) {
    terminal.err(formatErrors(composed.errors).join('\n'))
    return 1
  }
  for (const { code, message } of warnings(composed)) terminal.err(`warning ${code}: ${message}`)
  const folder = resolve(terminal.root, String(out))
  const stale = staleFiles(folder, publishedFiles(composed, subgraphs))
  if (check) return reportStale(stale, String(out), terminal)
  writeFiles(folder, stale)
  terminal.out(`${subgraphs.length} subgraphs compose; ${written(stale, String(out))}`)
  return 0
}

function warnings(composed: Composed) {
  return composed.hints.filter(({ level }) => level === 'warning')
}

function reportStale(stale: StaleFile[], out: string, terminal: Terminal): number {
  if (stale.length === 0) {
    terminal.out(`${out}/ is up to date`)
    return 0
  }
  for (const { path, before, after } of stale) terminal.out(unifiedDiff(`${out}/${path}`, before, after))
  terminal.err(`${out}/ is not up to date. Run: bin/headcount schema compose`)
  return 1
}

function written(stale: StaleFile[], out: string): string {
  if (stale.length === 0) return `${out}/ was up to date`
  return stale.map(({ path, after }) => `${after === '' ? 'removed' : 'wrote'} ${out}/${path}`).join(', ')
}
