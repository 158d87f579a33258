// The gateway's own HTTP/1.1 client beside undici: the same calls to the same server, in one run. See ../README.md.
import { median, medianRatio } from '../load/percentile.ts'
import { type Child, startChild } from '../processes/start-child.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure, times } from '../report/table.ts'
import { type ClientName, clients } from './clients.ts'
import type { ClientResult, ClientRun } from './load.ts'
import { readOptions } from './read-options.ts'
import { answers, type Size } from './sizes.ts'

interface Run extends ClientResult {
  readonly client: ClientName
  readonly size: Size
}

const clientNames = Object.keys(clients) as ClientName[]
const sizes = Object.keys(answers) as Size[]
const reference: ClientName = 'undici pool.request'
const options = readOptions()
const children: Child[] = []

function start(file: string, profileFolder?: string): Child {
  const child = startChild(new URL(file, import.meta.url), profileFolder)
  children.push(child)
  return child
}

async function measure(url: string): Promise<Run[]> {
  const { rounds, seconds, connections, profile } = options
  const processes = new Map(clientNames.map((client) => [client, start('load.ts', profile)]))
  const runs: Run[] = []
  // Round 0 warms up and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    for (const size of sizes) {
      for (const [client, child] of processes) {
        const run: ClientRun = { url, client, size, connections, seconds }
        const result = await child.ask<ClientResult>('run', run)
        if (round > 0) runs.push({ ...result, client, size })
      }
    }
  }
  return runs
}

function rowsOf(runs: readonly Run[], size: Size): string[][] {
  const of = (client: ClientName, value: (run: Run) => number) =>
    runs.filter((run) => run.client === client && run.size === size).map(value)
  const rate = (run: Run) => run.answered / run.seconds
  const cpu = (run: Run) => run.cpuMicros / run.answered
  const head = ['', 'CPU µs/call', 'ratio', 'calls/s', 'ratio']
  const rows = clientNames.map((name) => [
    name,
    figure(median(of(name, cpu))),
    // How many times less.
    times(medianRatio(of(reference, cpu), of(name, cpu))),
    figure(median(of(name, rate))),
    times(medianRatio(of(name, rate), of(reference, rate))),
  ])
  return [head, ...rows]
}

const loadBefore = loadNow()
try {
  const url = await start('responder.ts').ask<string>('listen')
  const runs = await measure(url)
  const text = `${counted(options.rounds, 'run')} of ${options.seconds} s for each pair after one to warm up, by turns, ${options.connections} connections with one call each; the figures are medians, ratios those of runs of the same round.
Each client is a process of its own that sends a POST with a body of 184 bytes and four headers and takes the answer as a string; CPU time is the process's, user and system. Ratios are to "${reference}", more is better. Rates depend on the server and on other work on the machine; CPU time does much less.`
  const tables = sizes.map((size) => ({
    title: `An answer of ${counted(Buffer.byteLength(answers[size]), 'byte')}`,
    rows: rowsOf(runs, size),
  }))
  show({ bench: 'http-client', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
} finally {
  await Promise.all(children.map((child) => child.stop()))
}
