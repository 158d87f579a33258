import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'headcount-gateway-'))
const running: ChildProcess[] = []

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...environment },
  })
  running.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  return { child, output: () => text, exit: once(child, 'exit') }
}

const gateway = (words: string) =>
  start([join(root, 'platform/src/main.ts'), 'gateway', ...words.split(' ').filter(Boolean)])

/** The address that a gateway tells once it serves; rejects with what it says when it ends instead. */
async function urlOf({ child, output }: ReturnType<typeof start>): Promise<string> {
  for (;;) {
    const url = /Gateway at (\S+)/.exec(output())?.[1]
    if (url !== undefined) return url
    if (child.exitCode !== null) throw new Error(output())
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function ask(url: string, query: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    body: JSON.stringify({ query }),
  })
  return response.json()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const example = (file: string) => join(root, 'examples/two-subgraphs', file)
const query = '{ products { name priceCents reviews { stars text } } }'
const products = (texts: readonly string[]) => ({
  data: {
    products: [
      {
        name: 'Lantern',
        priceCents: 2450,
        reviews: [
          { stars: 5, text: texts[0] },
          { stars: 3, text: texts[1] },
        ],
      },
      { name: 'Rope', priceCents: 990, reviews: [{ stars: 4, text: texts[2] }] },
    ],
  },
})

test('--check-config tells every fault of the file and leaves with 1, or says that it is good', async () => {
  const file = join(folder, 'check.yaml')
  writeFileSync(
    file,
    'server: { prot: 1 }\nlimits: { depth: 0 }\nsupergraph: { registry: { url: http://a.test } }\n',
  )
  const bad = gateway('--config check.yaml --check-config')
  expect(await bad.exit).toEqual([1, null])
  expect(bad.output()).toBe(
    'headcount: The configuration cannot be used:\n' +
      '  - server.prot is not a key: did you mean port?\n' +
      '  - limits.depth is 0: it takes an integer 1-1000000000.\n',
  )
  writeFileSync(file, 'supergraph: { registry: { url: http://a.test } }\n')
  const good = gateway('--config check.yaml --check-config')
  expect(await good.exit).toEqual([0, null])
  expect(good.output()).toBe(`${file} can be used.\n`)
})

test('--config-reference names every key, and --help an example of each way to start', async () => {
  const reference = gateway('--config-reference')
  expect(await reference.exit).toEqual([0, null])
  for (const key of ['server.workers', 'subgraphs.<name>.replicas[].weight', 'headers[].fromClaim.claim']) {
    expect(reference.output()).toContain(`  ${key}\n`)
  }
  const help = gateway('--help')
  await help.exit
  for (const flag of ['--supergraph', '--subgraphs', '--registry', '--config', '--workers']) {
    expect(help.output()).toContain(`${flag} `)
  }
})

test('a supergraph that cannot be used ends the start of all workers, with its reasons once', async () => {
  writeFileSync(join(folder, 'bad.graphql'), 'type Query { a: Int }')
  const { output, exit } = gateway('--supergraph bad.graphql --port 0 --workers 2')
  expect(await exit).toEqual([1, null])
  expect(output().match(/^headcount: /gm)).toHaveLength(1)
  expect(output()).toMatch(/supergraph/i)
})

test('the example of two subgraphs answers across both, in its client’s language, by two processes', async () => {
  const [productsPort, reviewsPort] = [await freePort(), await freePort()]
  start([example('products.mjs')], { PORT: String(productsPort) })
  start([example('reviews.mjs')], { PORT: String(reviewsPort) })
  const text = readFileSync(example('gateway.yaml'), 'utf8')
  const file = text.replace('4001', String(productsPort)).replace('4002', String(reviewsPort))
  writeFileSync(join(folder, 'gateway.yaml'), file)
  for (const port of [productsPort, reviewsPort]) {
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/graphql`), { timeout: 20_000, interval: 100 })
  }
  const started = gateway('--config gateway.yaml --port 0 --workers 2')
  const url = await urlOf(started)
  expect(await ask(url, query)).toEqual(products(['Bright.', 'Heavy.', 'Holds.']))
  expect(await ask(url, query, { 'accept-language': 'de' })).toEqual(products(['Hell.', 'Schwer.', 'Hält.']))
  const base = url.replace('/graphql', '')
  const ready = await fetch(`${base}/health/ready`)
  expect(await ready.json()).toEqual({ status: 'ready', notReady: [] })
  // Whichever worker is asked, both of their requests are in it.
  const metrics = await (await fetch(`${base}/metrics`)).text()
  expect(metrics).toContain('headcount_gateway_workers 2')
  expect(metrics).toContain('headcount_gateway_requests_total{code="OK"} 2\n')
  started.child.kill('SIGTERM')
  expect(await started.exit).toEqual([0, null])
})

test('trusted documents: how many there are is told once at the start, and bad ones end it with all reasons', async () => {
  const supergraph = `--supergraph ${join(root, 'schema/supergraph.graphql')} --port 0 --workers 2`
  writeFileSync(join(folder, 'web.json'), '{"version":"query Version { __typename }"}')
  writeFileSync(join(folder, 'bad.json'), '{"no colon:":"{ open }","cut":"{ open"}')
  const bad = gateway(`${supergraph} --documents web.json,bad.json --locked`)
  expect(await bad.exit).toEqual([1, null])
  expect(bad.output().match(/^headcount: /gm)).toHaveLength(1)
  expect(bad.output()).toContain('The trusted documents cannot be used:')
  expect(bad.output()).toContain('document "no colon:": its id must be')
  expect(bad.output()).toContain('document "cut": Syntax Error')
  const checked = gateway(`${supergraph} --documents bad.json --check-config`)
  expect(await checked.exit).toEqual([1, null])
  const started = gateway(`${supergraph} --documents web.json --locked`)
  const url = await urlOf(started)
  expect(started.output().match(/Trusted documents: 1; locked\n/g)).toHaveLength(1)
  expect(await ask(url, 'query Version { __typename }')).toEqual({ data: { __typename: 'Query' } })
  expect(await ask(url, '{ __typename }')).toMatchObject({
    errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
  })
  const metrics = await (await fetch(url.replace('/graphql', '/metrics'))).text()
  expect(metrics).toContain('headcount_gateway_trusted_documents{mode="locked"} 1\n')
  started.child.kill('SIGTERM')
  expect(await started.exit).toEqual([0, null])
})
