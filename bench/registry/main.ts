// How long a publish takes to reach gateways that are at full load. See ../README.md.
import { setTimeout as sleep } from 'node:timers/promises'
import { queries } from '../gateway/graph/queries.ts'
import { post } from '../http/post.ts'
import type { Load } from '../load/closed-loop.ts'
import { median, percentile } from '../load/percentile.ts'
import { startLoad } from '../load/start-load.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { startChild } from '../processes/start-child.ts'
import { loadNow, show, type Table } from '../report/result.ts'
import { counted, figure } from '../report/table.ts'
import { type Listening, startGateway, startRegistry } from './programs.ts'
import { type Addresses, marks, type Publish, publish, publishAll } from './publish.ts'
import { readOptions } from './read-options.ts'

const options = readOptions()
const { body } = queries.q2
const WARM_UPS = 2
/** What the last publish may take until the load ends. */
const SPARE_SECONDS = 5

interface Bench {
  readonly addresses: Addresses
  readonly gateways: readonly Listening[]
}

async function start(ground: Ground): Promise<Bench> {
  const responder = startChild(new URL('../gateway/responder.ts', import.meta.url))
  ground.atEnd(() => responder.stop())
  const registry = await startRegistry(ground)
  const places = { registry: registry.url, responder: await responder.ask<string>('listen') }
  await registry.program.during(publishAll({ ...places, gateways: [] }))
  const gateways: Listening[] = []
  for (let number = 1; number <= options.gateways; number += 1) {
    const how = { name: `gateway-${number}`, registryUrl: registry.url, profile: options.profile }
    gateways.push(await startGateway(ground, how))
  }
  return { addresses: { ...places, gateways: gateways.map(({ url }) => url) }, gateways }
}

/** The load of each gateway, until the time is over. Our own compares every answer. */
function load({ atEnd }: Ground, { gateways }: Bench, seconds: number): Promise<readonly Load[]> {
  const loads = gateways.map(async ({ program, url }) => {
    const source = startLoad(true)
    atEnd(() => source.stop())
    const expected = await post(url, body)
    const { connections } = options
    return program.during(source.run({ url, body, connections, seconds, expected }))
  })
  return Promise.all(loads)
}

/** Publishes the two versions by turns, one in a time. */
async function publishByTurns({ addresses }: Bench): Promise<readonly Publish[]> {
  const publishes: Publish[] = []
  const beganAt = performance.now()
  for (let turn = 1; turn <= WARM_UPS + options.publishes; turn += 1) {
    await sleep(Math.max(0, beganAt + turn * options.everySeconds * 1000 - performance.now()))
    publishes.push(await publish(addresses, marks[turn % 2 === 0 ? 0 : 1]))
  }
  return publishes.slice(WARM_UPS)
}

function rowOf(name: string, values: readonly number[]): string[] {
  const sorted = values.toSorted((a, b) => a - b)
  return [name, ...[median(sorted), percentile(sorted, 95), sorted.at(-1) ?? Number.NaN].map(figure)]
}

function tablesOf(publishes: readonly Publish[], loads: readonly Load[]): Table[] {
  const last = ({ servedMs }: Publish) => Math.max(...servedMs)
  const gateways = Array.from({ length: options.gateways }, (_, index) =>
    rowOf(
      `answer → gateway ${index + 1} serves it`,
      publishes.map(({ servedMs, answeredMs }) => (servedMs[index] ?? Number.NaN) - answeredMs),
    ),
  )
  const rows = [
    ['', 'median ms', 'p95 ms', 'max ms'],
    rowOf(
      'sent → answer',
      publishes.map(({ answeredMs }) => answeredMs),
    ),
    ...gateways,
    rowOf(
      'answer → all serve it',
      publishes.map((one) => last(one) - one.answeredMs),
    ),
    rowOf('sent → all serve it', publishes.map(last)),
  ]
  const loadRows = loads.map(({ answered, seconds, p50Ms, p95Ms, p99Ms }, index) => [
    `gateway ${index + 1}`,
    ...[answered, answered / seconds, p50Ms, p95Ms, p99Ms].map(figure),
    '0',
  ])
  const head = ['', 'requests', 'requests/s', 'p50 ms', 'p95 ms', 'p99 ms', 'failed']
  return [
    { title: 'A publish', rows },
    { title: 'The load meanwhile', rows: [head, ...loadRows] },
  ]
}

await runBench(async (ground) => {
  const loadBefore = loadNow()
  const bench = await start(ground)
  const seconds = (WARM_UPS + options.publishes) * options.everySeconds + SPARE_SECONDS
  const [loads, publishes] = await Promise.all([load(ground, bench, seconds), publishByTurns(bench)])
  const { gateways, everySeconds, connections } = options
  const text = `${options.publishes} publishes of two versions of a subgraph by turns, one every ${everySeconds} s, to ${counted(gateways, 'gateway')} of one worker each, which wait at one registry on an embedded Postgres. ${queries.q2.title} over ${connections} connections to each gateway as fast as they are answered, by sockets of our own; every answer was compared byte by byte and none failed. Everything shares the cores of this machine: gateways, registry, Postgres, subgraphs and load. A gateway serves a version when it answers a field that only that version has; it is asked every 5 ms, behind its load.`
  const tables = tablesOf(publishes, loads)
  show({ bench: 'registry', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
})
