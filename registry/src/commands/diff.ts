import { compose } from '../composition/compose.ts'
import { publishedFiles } from '../published-files.ts'
import { formatErrors } from '../reports/human.ts'
import { unifiedDiff } from '../reports/unified-diff.ts'
import { readWorkingTree } from '../sources/working-tree.ts'
import type { Subgraph } from '../subgraph.ts'
import { baseHelp, readBase } from './base-option.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'

const schemas = ['api', 'supergraph', 'subgraphs']

const help = `Usage: headcount schema diff [--base REV] [--schema ${schemas.join('|')}]

Shows how the composed schema differs from a revision's, as a unified diff of its text.

${baseHelp}
  --schema NAME    api (what apps see, the default), supergraph (what gateways load) or subgraphs

Exit code: 0 shown, also when there is no difference; 1 the working tree does not compose; 2 could not run.
`

export const diffCommand: Command = {
  help,
  options: { base: { type: 'string' }, schema: { type: 'string', default: 'api' } },
  run: runDiff,
}

function runDiff(values: OptionValues, terminal: Terminal): number {
  const schema = String(values.schema)
  if (!schemas.includes(schema)) {
    throw new UsageError(`Unknown schema '${schema}': use ${schemas.join(', ')}`)
  }
  const base = readBase(values, terminal)
  const head = readWorkingTree(terminal.root)
  const composed = compose(head)
  if (composed.errors) {
    terminal.err(formatErrors(composed.errors).join('\n'))
    return 1
  }
  const after = publishedFiles(composed, head)
  const before = filesOf(base.subgraphs)
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => path.startsWith(schema))
  terminal.err(`Working tree against ${base.label}`)
  for (const path of paths) terminal.out(unifiedDiff(path, before.get(path) ?? '', after.get(path) ?? ''))
  return 0
}

/** A base that is empty or does not compose has no file that anybody loaded. */
function filesOf(subgraphs: Subgraph[]): Map<string, string> {
  const composed = compose(subgraphs)
  return composed.errors ? new Map() : publishedFiles(composed, subgraphs)
}
