import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { publishing, registryServer } from './registry-server.ts'
import { compose } from './support.ts'

afterEach(endAll)

const program = fileURLToPath(new URL('../../platform/src/main.ts', import.meta.url))
const sdl = compose(venueGraph().all)
const grown = sdl.replace(
  'open: String! @join__field(graph: HALLS)',
  'open: String! @join__field(graph: HALLS)\n  greeting: String @join__field(graph: HALLS)',
)

/** `headcount gateway` with these words, and what it said. */
function run(...words: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [program, 'gateway', ...words], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk
    })
  }
  return { child, output: () => text, exit: once(child, 'exit') }
}

/** Whether a worker knows a field; a connection of its own each time, so that they take turns. */
async function knowsGreeting(url: string): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: '{"query":"{ greeting }"}',
  })
  return !(await response.text()).includes('GRAPHQL_VALIDATION_FAILED')
}

test('every worker of `headcount gateway --registry` takes what is published, and leaves when it is told to', async () => {
  const { url, answer, asked } = await registryServer(publishing(sdl, '"1"'))
  const { child, output, exit } = run('--registry', url, '--port', '0', '--workers', '2')
  await vi.waitFor(() => expect(output()).toMatch(/Gateway at \S+ by 2 processes/), { timeout: 30_000 })
  const address = /Gateway at (\S+)/.exec(output())?.[1] ?? ''
  const all = () => Promise.all([1, 2, 3, 4].map(() => knowsGreeting(address)))
  expect(asked.length).toBeGreaterThanOrEqual(2)
  expect(await all()).toEqual(Array(4).fill(false))
  answer(publishing(grown, '"2"'))
  await vi.waitFor(async () => expect(await all()).toEqual(Array(4).fill(true)), {
    timeout: 15_000,
    interval: 200,
  })
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
}, 60_000)

test('`headcount gateway --registry` without a registry ends with 1, and names it', async () => {
  const { output, exit } = run('--registry', 'http://127.0.0.1:9/graph', '--port', '0', '--workers', '2')
  expect(await exit).toEqual([1, null])
  expect(output()).toContain(
    'The registry at http://127.0.0.1:9/graph/supergraph gave no supergraph: it failed with ECONNREFUSED.',
  )
}, 30_000)
