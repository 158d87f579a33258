// Our gateway at full load for a long time: is its memory flat? With --swap: does another supergraph every second cost any
// request? See ../README.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ours } from '../gateway/candidates/ours.ts'
import { queries } from '../gateway/graph/queries.ts'
import { type StartedGateway, startGateway } from '../gateway/start-gateway.ts'
import { post } from '../http/post.ts'
import type { LoadSource } from '../load/http-load.ts'
import { startLoad } from '../load/start-load.ts'
import { divideCores } from '../processes/core.ts'
import { runBench } from '../processes/run-bench.ts'
import { startChild } from '../processes/start-child.ts'
import type { Plot } from '../report/plot.ts'
import { loadNow, show, type Table } from '../report/result.ts'
import { figure } from '../report/table.ts'
import { courseOf, type Sample, sampleMemory } from './memory.ts'
import { readOptions } from './read-options.ts'
import { swapVersions, versionsOf } from './swap.ts'

const { body } = queries.q2
const options = readOptions()
/** Memory is looked at every 5 s, in a short run more often. */
const LONGEST_SAMPLE_MS = 5000
const FEWEST_SAMPLES = 40

/** What is put under load. */
interface Subject {
  readonly load: LoadSource
  readonly gateway: StartedGateway
  readonly versions: readonly [string, string]
  readonly supergraphFile: string
}

/** What was found, in words and as a table. */
interface Found {
  readonly text: string
  readonly table: Table
  readonly plot: Plot
}

async function underLoad({ load, gateway, versions, supergraphFile }: Subject): Promise<Found> {
  const { program, address } = gateway
  const url = `${address}/graphql`
  const { seconds, connections } = options
  const expected = await post(url, body)
  const stopSampling = sampleMemory(program, Math.min(LONGEST_SAMPLE_MS, (seconds * 1000) / FEWEST_SAMPLES))
  const before = program.usage()
  const loading = program.during(load.run({ url, body, connections, seconds, expected }))
  const swapping = options.isSwap
    ? swapVersions({ versions, file: supergraphFile, url, seconds: seconds - 1 })
    : undefined
  const [{ answered, seconds: took, p50Ms, p95Ms, p99Ms }, swaps] = await Promise.all([loading, swapping])
  const { cpuMicros } = program.usage()
  const samples = stopSampling()
  const { firstMegabytes, mostMegabytes, lastMegabytes, megabytesPerMinute, tenths } = courseOf(samples)
  const rates = [answered / took, (cpuMicros - before.cpuMicros) / answered, p50Ms, p95Ms, p99Ms]
  const memory = [firstMegabytes, mostMegabytes, lastMegabytes, megabytesPerMinute]
  const swapped =
    swaps &&
    ` ${swaps.written} versions of the supergraph were written, one a second; ${swaps.seen} were seen to be served before the next one was written, the slowest after ${figure(swaps.slowestMs)} ms. Every answer was compared byte by byte.`
  return {
    text: `${figure(answered)} requests in ${figure(took)} s, none failed.${swapped ?? ''} Resident MB by tenths of the time: ${tenths.map((size) => figure(size)).join(', ')}.`,
    table: {
      title: options.isSwap ? 'A swap every second' : 'Full load',
      rows: [
        [
          ...['', 'requests/s', 'CPU µs/request', 'p50 ms', 'p95 ms', 'p99 ms'],
          ...['MB first', 'MB most', 'MB last', 'MB/minute in the second half'],
        ],
        ['Headcount', ...rates.map(figure), ...memory.map(figure)],
      ],
    },
    plot: plotOf(samples),
  }
}

function plotOf(samples: readonly Sample[]): Plot {
  return {
    title: `Resident memory ${options.isSwap ? 'with a swap every second' : 'at full load'}`,
    x: { label: 'time, minutes' },
    y: { label: 'resident memory, MB' },
    series: [
      {
        name: 'largest process of the gateway',
        points: samples.map(({ seconds, megabytes }) => [seconds / 60, megabytes]),
      },
    ],
  }
}

await runBench(async ({ folder, atEnd }) => {
  const loadBefore = loadNow()
  const cores = divideCores()
  const responder = startChild(new URL('../gateway/responder.ts', import.meta.url))
  atEnd(() => responder.stop())
  const versions = versionsOf(await responder.ask<string>('listen'))
  const supergraphFile = join(folder, 'supergraph.graphql')
  writeFileSync(supergraphFile, versions[0])
  const gateway = await startGateway(ours(undefined), {
    supergraphFile,
    folder: join(folder, 'ours'),
    prefix: cores.prefix,
    probe: { path: '/graphql', body },
  })
  atEnd(() => gateway.program.stop())
  // Only our own load compares every answer, which is what counts while graphs are swapped.
  const load = startLoad(options.isSwap)
  atEnd(() => load.stop())
  const { text: found, table, plot } = await underLoad({ load, gateway, versions, supergraphFile })
  const text = `${queries.q2.title}, ${options.connections} connections, load by ${load.name}, no de-duplication, one worker. ${cores.text} ${found} Memory is that of the largest process.`
  const variant = options.isSwap ? 'swap' : undefined
  const words = process.argv.slice(2)
  show({ bench: 'soak', variant, words, loadBefore, text, tables: [table], plots: [plot] }, options.isKept)
})
