// Our gateway at full load for a long time: is its memory flat? With --swap: does another supergraph every second cost any
// request? See ../README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ours } from '../gateway/candidates/ours.ts'
import { queries } from '../gateway/graph/queries.ts'
import { type StartedGateway, startGateway } from '../gateway/start-gateway.ts'
import { post } from '../http/post.ts'
import { startLoad } from '../load/start-load.ts'
import { divideCores } from '../processes/core.ts'
import { startChild } from '../processes/start-child.ts'
import { loadNow, show, type Table } from '../report/result.ts'
import { figure } from '../report/table.ts'
import { courseOf, sampleMemory } from './memory.ts'
import { readOptions } from './read-options.ts'
import { swapVersions, versionsOf } from './swap.ts'

const { body } = queries.q2
const options = readOptions()
const cores = divideCores()
// Only our own load compares every answer, which is what counts while graphs are swapped.
const load = startLoad(options.isSwap)
const responder = startChild(new URL('../gateway/responder.ts', import.meta.url))

interface Ground {
  readonly gateway: StartedGateway
  readonly versions: readonly [string, string]
  readonly supergraphFile: string
}

/** What was found, in words and as a table. */
interface Found {
  readonly text: string
  readonly table: Table
}

async function underLoad({ gateway, versions, supergraphFile }: Ground): Promise<Found> {
  const { program, address } = gateway
  const url = `${address}/graphql`
  const { seconds, connections } = options
  const expected = await post(url, body)
  const stopSampling = sampleMemory(program)
  const before = program.usage()
  const loading = program.during(load.run({ url, body, connections, seconds, expected }))
  const swapping = options.isSwap
    ? swapVersions({ versions, file: supergraphFile, url, seconds: seconds - 1 })
    : undefined
  const [{ answered, seconds: took, p50Ms, p95Ms, p99Ms }, swaps] = await Promise.all([loading, swapping])
  const { cpuMicros } = program.usage()
  const { firstMegabytes, mostMegabytes, lastMegabytes, megabytesPerMinute, tenths } = courseOf(
    stopSampling(),
  )
  const rates = [answered / took, (cpuMicros - before.cpuMicros) / answered, p50Ms, p95Ms, p99Ms]
  const memory = [firstMegabytes, mostMegabytes, lastMegabytes, megabytesPerMinute]
  const swapped =
    swaps &&
    ` ${swaps.written} versions of the supergraph were written, one a second; ${swaps.seen} were seen to be served within the second, the slowest after ${figure(swaps.slowestMs)} ms. Every answer was compared byte by byte.`
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
  }
}

async function bench(folder: string): Promise<void> {
  const loadBefore = loadNow()
  const versions = versionsOf(await responder.ask<string>('listen'))
  const supergraphFile = join(folder, 'supergraph.graphql')
  writeFileSync(supergraphFile, versions[0])
  const gateway = await startGateway(ours(undefined), {
    supergraphFile,
    folder: join(folder, 'ours'),
    prefix: cores.prefix,
    probe: { path: '/graphql', body },
  })
  try {
    const found = await underLoad({ gateway, versions, supergraphFile })
    const text = `${queries.q2.title}, ${options.connections} connections, load by ${load.name}, no de-duplication, one worker. ${cores.text} ${found.text} Memory is that of the largest process.`
    show(
      { bench: 'soak', words: process.argv.slice(2), loadBefore, text, tables: [found.table] },
      options.isKept,
    )
  } finally {
    await gateway.program.stop()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'headcount-bench-'))
try {
  await bench(folder)
} finally {
  await Promise.all([responder.stop(), load.stop()])
  rmSync(folder, { recursive: true, force: true })
}
