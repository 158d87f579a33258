// Our gateway beside others, one core for each: the same graph, queries and answers, in one run. See ../README.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startLoad } from '../load/start-load.ts'
import { divideCores } from '../processes/core.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import { loadNow, show } from '../report/result.ts'
import { counted } from '../report/table.ts'
import { compareAnswers, type Texts } from './compare.ts'
import { composeGraph } from './graph/compose.ts'
import type { QueryName } from './graph/queries.ts'
import { subgraphs } from './graph/subgraphs.ts'
import { measure, type Run } from './measure.ts'
import { readOptions } from './read-options.ts'
import { remarks } from './remarks.ts'
import { type Setting, type Started, startCandidate } from './start.ts'
import { deduplicationTable, memoryTable, queryTable } from './tables.ts'

/** Where de-duplication is measured. */
const DEDUPLICATED: readonly QueryName[] = ['q2', 'q3']

const options = readOptions()
const started: Started[] = []

async function startAll(setting: Setting): Promise<Texts> {
  const gateways = options.only.filter((name) => name !== 'floor')
  const modes = options.isWithoutDeduplication ? [false] : [false, true]
  for (const isDeduplicating of modes) {
    for (const name of gateways) keep(await startCandidate(name, setting, isDeduplicating))
  }
  const texts = await compareAnswers(started, options.queries)
  writeFileSync(
    setting.answersFile,
    JSON.stringify(Object.fromEntries([...texts].map(([name, text]) => [`/${name}`, text]))),
  )
  return texts
}

function keep(one: Started | undefined): void {
  if (one) started.push(one)
}

async function measureAll(responder: Child, load: Awaited<ReturnType<typeof startLoad>>): Promise<Run[]> {
  const runs: Run[] = []
  for (const query of options.queries) {
    const isBoth = DEDUPLICATED.includes(query)
    const taking = started.filter(({ isDeduplicating }) => isBoth || !isDeduplicating)
    runs.push(...(await measure({ started: taking, responder, load: load.run, options }, [query])))
  }
  return runs
}

async function bench({ folder, atEnd }: Ground): Promise<void> {
  const loadBefore = loadNow()
  const cores = divideCores()
  const responder = startChild(new URL('responder.ts', import.meta.url))
  atEnd(() => responder.stop())
  atEnd(() => stopAll())
  const load = startLoad(options.isOwnLoad)
  atEnd(() => load.stop())
  const supergraphFile = join(folder, 'supergraph.graphql')
  writeFileSync(supergraphFile, composeGraph(await responder.ask<string>('listen'), subgraphs))
  const answersFile = join(folder, 'answers.json')
  const setting: Setting = { options, folder, supergraphFile, prefix: cores.prefix, answersFile }
  const texts = await startAll(setting)
  if (options.only.includes('floor')) keep(await startCandidate('floor', setting))
  const runs = await measureAll(responder, load)
  // Whoever answered something else under load is found here.
  await compareAnswers(started, options.queries)
  const tables = options.queries.map((query) => queryTable(runs, query, texts))
  for (const query of options.queries) {
    const isBoth = !options.isWithoutDeduplication && DEDUPLICATED.includes(query)
    if (isBoth) tables.push(deduplicationTable(runs, query, texts))
  }
  tables.push(memoryTable(started))
  const text = `${counted(options.rounds, 'run')} of ${options.seconds} s for each pair after one of ${options.warmUpSeconds} s to warm up, candidates by turns, ${options.connections} connections, load by ${load.name}. ${cores.text} Figures are medians, ratios those of runs of the same round. Each candidate has one worker; its telemetry is off. \`data\` was the same for all, before and after. In the first tables nobody de-duplicates requests.

"own core" is the part of a core that the candidate used; "responder" that of the process that answers for all subgraphs; "other core" the part of the time that the core of load and responder was busy, with all that the machine did there. ${remarks(runs, cores.isPinned)}`
  show({ bench: 'gateway', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
}

async function stopAll(): Promise<void> {
  await Promise.all(started.map(({ program }) => program.stop()))
}

await runBench(bench)
