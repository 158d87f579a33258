// What our gateway costs as graphs and answers grow. See ../README.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ours } from '../gateway/candidates/ours.ts'
import { startGateway } from '../gateway/start-gateway.ts'
import { startLoad } from '../load/start-load.ts'
import { divideCores } from '../processes/core.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { startChild } from '../processes/start-child.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure } from '../report/table.ts'
import { measureAnswerSizes } from './answer-size.ts'
import { bodyOf } from './ask.ts'
import { coldStartMs } from './cold-start.ts'
import { measureGraphSizes } from './graph-size.ts'
import { sizes, supergraphOf } from './graphs.ts'
import { GIVEN_UP_MS } from './planning.ts'
import { readOptions } from './read-options.ts'
import type { Graph, Setting } from './setting.ts'

const platformSupergraph = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url))
/** What a start with the platform's own graph may take. */
const START_GOAL_SECONDS = 2

const options = readOptions()

async function startGraphs(address: string, ground: Ground, prefix: readonly string[]): Promise<Graph[]> {
  const graphs: Graph[] = []
  for (const size of sizes.filter(({ types }) => types <= options.mostTypes)) {
    const folder = join(ground.folder, `${size.types}-${size.subgraphs}`)
    const file = `${folder}.graphql`
    writeFileSync(file, supergraphOf(size, address))
    const probe = { path: '/graphql', body: bodyOf('{ __typename }') }
    const gateway = await startGateway(ours(undefined), { supergraphFile: file, folder, prefix, probe })
    ground.atEnd(() => gateway.program.stop())
    graphs.push({ size, file, gateway })
  }
  return graphs
}

await runBench(async (ground) => {
  const loadBefore = loadNow()
  const cores = divideCores()
  const responder = startChild(new URL('responder.ts', import.meta.url))
  ground.atEnd(() => responder.stop())
  const load = startLoad(false)
  ground.atEnd(() => load.stop())
  const { prefix } = cores
  const { folder } = ground
  const setting: Setting = { options, load: load.run, folder, prefix }
  const graphs = await startGraphs(await responder.ask<string>('listen'), ground, prefix)
  const [smallest] = graphs
  if (!smallest) throw new Error('There is no graph to measure.')
  const graphSizes = await measureGraphSizes(graphs, setting)
  const answerSizes = await measureAnswerSizes(smallest.gateway, setting)
  const startMs = await coldStartMs(platformSupergraph, { starts: options.starts, prefix, folder })
  const text = `${counted(options.rounds, 'run')} of ${options.seconds} s for each after one to warm up, by turns, ${options.connections} connections, load by ${load.name}. ${cores.text} Figures are medians.
"known ms" is a whole request over three to six fetches of an operation that the gateway knows, one at a time; "planning ms" is what such a request takes longer when the gateway has never seen its operation: parsing, validating, planning and compiling. As many operations were planned as ${options.planningSeconds} s allow, at most 30; the gateway gives one up after ${figure(GIVEN_UP_MS / 1000)} s. A cold start lasts from the start of the process until /health/ready.

A cold start with the platform's own supergraph takes ${figure(startMs)} ms; the goal is less than ${START_GOAL_SECONDS} s. ${answerSizes.text}`
  const tables = [graphSizes.table, ...answerSizes.tables]
  const plots = [answerSizes.plot, graphSizes.plot]
  const words = process.argv.slice(2)
  show({ bench: 'growth', words, loadBefore, text, tables, plots }, options.isKept)
})
