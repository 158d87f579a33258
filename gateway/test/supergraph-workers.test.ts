import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run } from './gateway-program.ts'
import { venueGraph } from './graph.ts'
import { endAll } from './http1-calls.ts'
import { publishingRegistry } from './publishing-registry.ts'
import { compose } from './support.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-workers-'))
})
afterEach(async () => {
  await endAll()
  await rm(folder, { recursive: true })
})

const sdl = compose(venueGraph().all)
const grown = sdl.replace(
  'open: String! @join__field(graph: HALLS)',
  'open: String! @join__field(graph: HALLS)\n  greeting: String @join__field(graph: HALLS)',
)

/** Whether a worker knows a field; a connection of its own each time, so that they take turns. */
async function knowsGreeting(url: string): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: '{"query":"{ greeting }"}',
  })
  return !(await response.text()).includes('GRAPHQL_VALIDATION_FAILED')
}

test('every worker of `headcount gateway --registry` takes what is published at once, and starts from the one copy without the registry', async () => {
  const registry = await publishingRegistry({ token: 'of the environment' })
  registry.publish(sdl)
  const words = ['--registry', registry.url, '--port', '0', '--workers', '2']
  const first = run(folder, ...words)
  const address = await first.url()
  expect(first.output()).toMatch(/Gateway at \S+ by 2 processes/)
  const all = (url: string) => Promise.all([1, 2, 3, 4].map(() => knowsGreeting(url)))
  expect(await all(address)).toEqual(Array(4).fill(false))
  await vi.waitFor(() => expect(registry.waiting()).toBe(2))
  registry.publish(grown)
  await vi.waitFor(async () => expect(await all(address)).toEqual(Array(4).fill(true)), {
    timeout: 20_000,
    interval: 100,
  })
  const metrics = await (await fetch(address.replace('/graphql', '/metrics'))).text()
  expect(metrics).toMatch(/headcount_gateway_supergraph_info\{hash="[0-9a-f]{64}",version="2"\} 2/)
  // Of two workers the later moment, not the sum.
  const at = Number(/supergraph_swap_timestamp_seconds ([\d.]+)/.exec(metrics)?.[1])
  expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(60)
  first.child.kill('SIGTERM')
  expect(await first.exit).toEqual([0, null])
  const [name = ''] = await readdir(join(folder, '.headcount/gateway'))
  expect(await readdir(join(folder, '.headcount/gateway', name))).toEqual(['supergraph.graphql'])

  await registry.down()
  const second = run(folder, ...words)
  const again = await second.url()
  expect(await all(again)).toEqual(Array(4).fill(true))
  registry.publish(sdl)
  await registry.up()
  await vi.waitFor(async () => expect(await all(again)).toEqual(Array(4).fill(false)), {
    timeout: 20_000,
    interval: 200,
  })
}, 90_000)

test('`headcount gateway --registry` without a registry and without a copy ends with 1, and names it', async () => {
  const { output, exit } = run(
    folder,
    '--registry',
    'http://127.0.0.1:9/graph',
    '--port',
    '0',
    '--workers',
    '2',
  )
  expect(await exit).toEqual([1, null])
  expect(output()).toContain(
    'The registry at http://127.0.0.1:9/graph/supergraph gave no supergraph: it failed with ECONNREFUSED.',
  )
}, 30_000)
