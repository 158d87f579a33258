import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createGateway, SupergraphRefused } from '../src/index.ts'
import { venueGraph } from './graph.ts'
import { compose, placeInProcess, type Served, serve } from './support.ts'

const log = pino({ level: 'silent' })
const graph = venueGraph()
const sdl = compose(graph.all)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-supergraph-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The same supergraph with one more field, which the subgraph need not have for it to be asked for. */
const grown = sdl.replace(
  'open: String! @join__field(graph: HALLS)',
  'open: String! @join__field(graph: HALLS)\n  greeting: String @join__field(graph: HALLS)',
)

async function until(check: () => Promise<boolean>) {
  await vi.waitFor(async () => expect(await check()).toBe(true), { timeout: 5_000, interval: 50 })
}

async function knows(served: Served, field: string) {
  const { body } = await served.post({ query: `{ ${field} }` })
  return body.errors?.[0]?.extensions.code !== 'GRAPHQL_VALIDATION_FAILED'
}

test('a new file is swapped in, a bad one is refused with its reasons, and no request is dropped meanwhile', async () => {
  const file = join(folder, 'supergraph.graphql')
  await writeFile(file, sdl)
  const served = await serve(graph.all, 'in-process', { supergraph: { file } })
  const answers: unknown[] = []
  let isOver = false
  const load = (async () => {
    while (!isOver) answers.push((await served.post({ query: '{ open show { hall { name } } }' })).body)
  })()
  expect(await knows(served, 'greeting')).toBe(false)
  await writeFile(file, grown)
  await until(() => knows(served, 'greeting'))
  await writeFile(file, 'type Query { not a supergraph')
  await until(async () => JSON.stringify(served.log).includes('the last good one serves'))
  expect(JSON.stringify(served.log)).toContain('It is not GraphQL: Syntax Error')
  expect(await knows(served, 'greeting')).toBe(true)
  await writeFile(file, sdl)
  await until(async () => !(await knows(served, 'greeting')))
  isOver = true
  await load
  expect(answers.length).toBeGreaterThan(10)
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  await served.close()
}, 20_000)

test('an operation that is under way goes on in the schema that it began with', async () => {
  const served = await serve(graph.all, 'in-process')
  graph.halls.asked.length = 0
  const slow = served.post({ query: '{ slow(ms: 500) show { hall { name } } }' })
  await vi.waitFor(() => expect(graph.halls.asked.join()).toContain('slow'))
  await served.gateway.swap(grown)
  expect((await slow).body).toEqual({ data: { slow: 'done', show: { hall: { name: 'Hall a' } } } })
  await served.close()
})

/** It says that something is for security which this gateway has never heard of. */
const guarded = sdl.replace(
  '@link(url: "https://specs.apollo.dev/link/v1.0")',
  '@link(url: "https://specs.apollo.dev/link/v1.0")\n  @link(url: "https://guards.example/v1.0", for: SECURITY)',
)

test.each([
  ['is not GraphQL', '{{{', /not GraphQL/],
  ['is a plain schema', 'type Query { a: Int }', /supergraph|core|link/i],
  ['has a guard that would be passed over', guarded, /https:\/\/guards\.example\/v1\.0/],
  [
    'names a subgraph with no address',
    sdl.replaceAll('http://shows.invalid/graphql', ''),
    /"shows" has no http/,
  ],
])('a supergraph that %s is refused, and the start says why', async (...row) => {
  const [, bad, reason] = row
  const subgraphs = { halls: placeInProcess(graph.halls) }
  const start = createGateway({ supergraph: { sdl: bad }, subgraphs, log })
  await expect(start).rejects.toThrow(SupergraphRefused)
  await expect(start).rejects.toThrow(reason)
})

test('a swap to a bad supergraph rejects with all reasons, and the old one serves on', async () => {
  const served = await serve(graph.all, 'in-process')
  await expect(served.gateway.swap(guarded)).rejects.toMatchObject({
    reasons: [expect.stringContaining('https://guards.example/v1.0')],
  })
  expect((await served.post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
  await served.close()
})

test('a gateway that is closed takes no supergraph any more, which nobody would end', async () => {
  const served = await serve(graph.all, 'in-process')
  await served.close()
  await served.gateway.swap(grown)
  expect(JSON.stringify(served.log)).not.toContain('was swapped')
})

test('what was asked for is planned before another supergraph serves', async () => {
  const served = await serve(graph.all, 'in-process')
  const made = async () =>
    /headcount_gateway_programs_total\{result="miss"\} (\d+)/.exec(await served.gateway.metrics())?.[1]
  const ask = () => served.post({ query: '{ open show { hall { name } } }' })
  await ask()
  await served.gateway.swap(grown)
  expect(await made()).toBe('1')
  expect((await ask()).body).toEqual({ data: { open: 'open', show: { hall: { name: 'Hall a' } } } })
  expect(await made()).toBe('1')
  await served.post({ query: '{ greeting }' })
  expect(await made()).toBe('2')
  await served.close()
})

test('nothing calls home: a whole life makes no connection but those to its subgraphs', async () => {
  const targets: unknown[] = []
  const original = Socket.prototype.connect
  const spy = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (
    this: Socket,
    ...call: unknown[]
  ) {
    targets.push(call[0])
    return Reflect.apply(original, this, call)
  })
  const gateway = await createGateway({
    supergraph: { sdl },
    subgraphs: { halls: placeInProcess(graph.halls) },
    log,
  })
  await new Promise((resolve) => setTimeout(resolve, 500))
  await gateway.close()
  expect(targets).toEqual([])
  // The watch itself works.
  connect(9, '127.0.0.1').on('error', () => {})
  expect(targets).toHaveLength(1)
  spy.mockRestore()
})
