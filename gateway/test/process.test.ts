import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { compose } from './support.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-gateway-'))
  file = join(folder, 'supergraph.graphql')
  await writeFile(file, compose(venueGraph().all))
})
afterAll(() => rm(folder, { recursive: true }))

function start(environment: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? '', ...environment } })
  let text = ''
  const take = (chunk: unknown) => {
    text += String(chunk)
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  return { child, output: () => text }
}

async function portOf(output: () => string): Promise<number> {
  for (;;) {
    const port = /"port":(\d+)/.exec(output())?.[1]
    if (port) return Number(port)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('in a process of its own it serves, tells its health and its numbers, and leaves when it is told to', async () => {
  const { child, output } = start({ PORT: '0', HEADCOUNT_SUPERGRAPH: file })
  const address = `http://127.0.0.1:${await portOf(output)}`
  const get = async (path: string) => {
    const response = await fetch(`${address}${path}`)
    return [response.status, await response.text()]
  }
  expect(await get('/health/live')).toEqual([200, '{"status":"live"}'])
  expect(await get('/health/ready')).toEqual([200, '{"status":"ready","notReady":[]}'])
  expect(await get('/metrics')).toEqual([200, expect.stringContaining('headcount_gateway_requests_total')])
  expect(await get('/.well-known/jwks.json')).toEqual([200, '{"keys":[]}'])
  expect((await get('/else'))[0]).toBe(404)
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  })
  expect(await answer.json()).toEqual({ data: { __typename: 'Query' } })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a configuration that cannot be used stops the start, with all that is wrong at once', async () => {
  const { child, output } = start({
    PORT: 'x',
    HEADCOUNT_INTROSPECTION: 'maybe',
    HEADCOUNT_CORS_ORIGINS: 'https://page.test/',
  })
  const [code] = await once(child, 'exit')
  expect(code).not.toBe(0)
  const names = ['PORT', 'HEADCOUNT_INTROSPECTION', 'HEADCOUNT_CORS_ORIGINS', 'HEADCOUNT_SUPERGRAPH']
  for (const name of names) expect(output()).toContain(name)
})
