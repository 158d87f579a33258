import { check } from '../comparison/check.ts'
import { formats } from '../reports/formats.ts'
import { readWorkingTree } from '../sources/working-tree.ts'
import { baseHelp, readBase } from './base-option.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'

const formatNames = Object.keys(formats)

const help = `Usage: headcount schema check [--base REV] [--format ${formatNames.join('|')}]

Composes the working tree's subgraphs and says what their changes mean for apps:

  breaking    a valid operation of an app stops working
  dangerous   an app may behave otherwise (a new enum value), or the order of a deployment matters
  safe        nobody notices

The API schema decides. What changes inside one subgraph only ("[events only]") is dangerous at most.

${baseHelp}
  --format FORMAT  ${formatNames.join(' or ')}; default human

Exit code: 0 safe; 1 breaking, or the subgraphs do not compose; 2 could not run.
`

export const checkCommand: Command = {
  summary: 'says which changes since a revision would break an app',
  help,
  options: { base: { type: 'string' }, format: { type: 'string', default: 'human' } },
  run: runCheck,
}

async function runCheck(values: OptionValues, terminal: Terminal): Promise<number> {
  const name = String(values.format)
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (!format) throw new UsageError(`Unknown format '${name}': use ${formatNames.join(' or ')}`)
  const head = readWorkingTree(terminal.root)
  const base = readBase(values, terminal)
  const report = await check({ base: base.subgraphs, head })
  terminal.out(format({ base: base.label, subgraphs: head.map((one) => one.name), report }))
  return report.outcome === 'safe' ? 0 : 1
}
