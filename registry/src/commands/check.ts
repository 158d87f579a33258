import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CheckRecord, CheckRequest } from '@headcount/registry-api'
import type { RegistryHttp } from '../client/registry-http.ts'
import { check } from '../comparison/check.ts'
import type { CheckSubject } from '../reports/check-subject.ts'
import { formats } from '../reports/formats.ts'
import { githubSummary } from '../reports/github.ts'
import { settingsFile, settingsValue } from '../settings/read-settings.ts'
import type { RegistrySettings } from '../settings/settings.ts'
import { readContext } from '../sources/check-context.ts'
import { gitPrefix } from '../sources/git.ts'
import { readPublishedDocuments } from '../sources/published-documents.ts'
import { readWorkingSettings, readWorkingTree } from '../sources/working-tree.ts'
import type { Subgraph } from '../subgraph.ts'
import { baseHelp, readBase } from './base-option.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { readRegistry, registryHelp, registryOption } from './registry-option.ts'
import { oneSubgraph, subgraphHelp, subgraphOptions } from './subgraph-option.ts'

const formatNames = Object.keys(formats)
const fileFormats = ['json', 'junit', 'sarif'] as const

const help = `Usage: headcount schema check [--base REV | --registry URL] [--format ${formatNames.join('|')}]

Composes the working tree's subgraphs and says what their changes mean for apps:

  breaking    a valid operation of an app could stop working; weighed by who is hit:
                used          it breaks published operations, or traffic over the settings' thresholds: fails
                unknown       nobody knows who uses it: fails
                unused        it breaks none of the operations that are known, and these are all
                acknowledged  the settings say that it may be
  dangerous   an app may behave otherwise (a new enum value), or the order of a deployment matters
  safe        nobody notices

The API schema decides. What changes inside one subgraph only ("[events only]") is dangerous at most.
Published operations are read from the manifests that schema/registry.yaml names (schema/documents/*.json);
with a registry, it knows them, and the traffic. Rules of style look at what is new or changed.

${baseHelp}
${registryHelp}
${subgraphHelp}
  --root DIR       the repository; default: the one around the current folder
  --format FORMAT  ${formatNames.join(', ')}; default human
  --json FILE, --junit FILE, --sarif FILE
                   writes the report there as well, in that format
  --lint-all       rules of style look at everything

With --format github, the whole report goes to GITHUB_STEP_SUMMARY too, where that is set.

Exit code: 0 safe; 1 breaking, an error of style, or the subgraphs do not compose; 2 could not run.
`

export const checkCommand: Command = {
  help,
  options: {
    ...{ base: { type: 'string' }, format: { type: 'string', default: 'human' } },
    ...{ 'lint-all': { type: 'boolean', default: false } },
    ...Object.fromEntries(fileFormats.map((name) => [name, { type: 'string' } as const])),
    ...registryOption,
    ...subgraphOptions,
  },
  run: runCheck,
}

async function runCheck(values: OptionValues, terminal: Terminal): Promise<number> {
  const name = String(values['format'])
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (!format) throw new UsageError(`Unknown format '${name}': use ${formatNames.join(', ')}`)
  if (values['base'] !== undefined && values['registry'] !== undefined) {
    throw new UsageError('--base and --registry are two things to compare with: name one of them')
  }
  const registry = values['base'] === undefined ? readRegistry(values, terminal) : undefined
  const settings = readWorkingSettings(terminal.root)
  const checked = registry
    ? await checkAgainstRegistry(registry, { values, terminal, settings })
    : await checkAgainstGit({ values, terminal, settings })
  const subject = { ...checked, prefix: gitPrefix(terminal.root), now: new Date() }
  terminal.out(format(subject))
  writeReports(subject, values, terminal)
  const summary = terminal.environment['GITHUB_STEP_SUMMARY']
  if (name === 'github' && summary) appendFileSync(summary, githubSummary(subject))
  return subject.report.outcome === 'safe' ? 0 : 1
}

interface CheckCall {
  readonly values: OptionValues
  readonly terminal: Terminal
  readonly settings: RegistrySettings
}

/** What a check found, and against what. */
type Checked = Omit<CheckSubject, 'prefix' | 'now'>

async function checkAgainstGit({ values, terminal, settings }: CheckCall): Promise<Checked> {
  const base = readBase(values, terminal)
  const one = oneSubgraph(values, terminal, settings)
  const head = one ? inPlace(base.subgraphs, one) : readWorkingTree(terminal.root, settings)
  const report = await check({
    ...{ base: base.subgraphs, head, settings: settings.check },
    evidence: { documents: readPublishedDocuments(terminal.root, settings.documents) },
    lintsAll: values['lint-all'] === true,
  })
  return { base: base.label, subgraphs: head.map(({ name }) => name), report }
}

/** The base with one subgraph as it would be. */
function inPlace(base: readonly Subgraph[], one: Subgraph): Subgraph[] {
  const known = base.find(({ name }) => name === one.name)
  return known ? base.map((other) => (other === known ? one : other)) : [...base, one]
}

async function checkAgainstRegistry(registry: RegistryHttp, call: CheckCall): Promise<Checked> {
  const { values, terminal, settings } = call
  const one = oneSubgraph(values, terminal, settings)
  const subgraphs = one ? [one] : readWorkingTree(terminal.root, settings)
  const request: CheckRequest = {
    subgraphs: subgraphs.map(({ name, sdl, file }) => ({ name, sdl, file })),
    isWhole: one === undefined,
    settings: givenSettings(terminal.root),
    ...(values['lint-all'] === true && { lintsAll: true }),
    context: readContext(terminal.root, terminal.environment),
  }
  // What was checked is written down: asked twice, it is there twice.
  const { base, report } = await registry.post<CheckRecord>('/checks', request, { deadlineMs: 120_000 })
  const label = base === null ? 'a registry without a live version' : `version ${base} of the registry`
  return { base: label, subgraphs: subgraphs.map(({ name }) => name), report }
}

function givenSettings(root: string): unknown {
  const file = resolve(root, settingsFile)
  return existsSync(file) ? (settingsValue(readFileSync(file, 'utf8')) ?? undefined) : undefined
}

function writeReports(subject: CheckSubject, values: OptionValues, { folder }: Terminal): void {
  for (const name of fileFormats) {
    const file = values[name]
    const format = formats[name]
    if (typeof file === 'string' && format) writeFileSync(resolve(folder, file), `${format(subject)}\n`)
  }
}
