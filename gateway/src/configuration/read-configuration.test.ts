import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '@headcount/config'
import { afterAll, expect, test } from 'vitest'
import { loadConfiguration } from './load-configuration.ts'
import { readConfiguration } from './read-configuration.ts'
import { gatewayOptionsOf, supergraphOf } from './to-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'headcount-configuration-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string, environment: Record<string, string> = {}) {
  return readConfiguration({ text, folder, environment })
}

function faultsOf(text: string, environment: Record<string, string> = {}): readonly string[] {
  try {
    read(text, environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
  }
  return []
}

test('names every fault at once, each with its place in the file', () => {
  const faults = faultsOf(`
server: { port: 70000, workers: two, compression: { minimumBytes: -1 } }
upstream: { timeoutMs: 5s, retry: { attempts: 1.5 } }
subgraphs: { reviews: { url: 'ftp://x', replicas: [{ weight: 0 }] } }
headers:
  - set: { name: Host, value: x }
  - propagate: { matching: '(' }
  - { propagate: { name: a }, remove: { name: b } }
authentication: { jwks: [{ issuer: x }] }
limits: { cost: {} }
extension: ./none.mjs
`)
  expect(faults).toEqual([
    'server.port is 70000: it takes an integer 0-65535.',
    'server.workers is "two": it takes an integer 1-256.',
    'server.compression.minimumBytes is -1: it takes an integer 0-10485760 (bytes).',
    'upstream.timeoutMs is "5s": it takes an integer 1-600000 (milliseconds).',
    'upstream.retry.attempts is 1.5: it takes an integer 0-10.',
    'subgraphs.reviews has url and replicas: it takes only one of them.',
    'subgraphs.reviews.url is "ftp://x": it takes an address http://… or https://….',
    'subgraphs.reviews.replicas[0].url is missing: it takes an address http://… or https://….',
    'subgraphs.reviews.replicas[0].weight is 0: it takes an integer 1-1000.',
    expect.stringMatching(/^headers\[0\]\.set\.name is "Host": it takes the name of a header that is not of/),
    'headers[1].propagate.matching is "(": it takes a regular expression.',
    'headers[2] has propagate and remove: it takes only one of them.',
    'authentication.jwks[0] has none of url, file: it takes one of them.',
    'limits.cost.maximum is missing: it takes an integer 1-1000000000.',
    `extension is ${join(folder, 'none.mjs')}: there is no such file.`,
  ])
})

test('a key that there is not is refused, with the one that was meant', () => {
  expect(faultsOf('upstream: { timeout: 5 }')).toEqual([
    'upstream.timeout is not a key: did you mean timeoutMs?',
  ])
  expect(faultsOf('server: { keepalive_timeout_ms: 5 }')).toEqual([
    'server.keepalive_timeout_ms is not a key: did you mean keepAliveTimeoutMs?',
  ])
  expect(faultsOf('cors: { allow: [] }')).toEqual([
    'cors.allow is not a key: known here: origins, allowsCredentials, headers, maxAgeSeconds.',
  ])
  expect(faultsOf('deduplicaiton: {}')).toEqual(['deduplicaiton is not a key: did you mean deduplication?'])
})

test('an origin is taken as browsers send it, since another text would match none', () => {
  const good = ['https://page.test', 'http://page.test:8080']
  expect(read(`cors: { origins: [${good.join(', ')}] }`).cors.origins).toEqual(good)
  for (const bad of ['https://page.test/', 'https://page.test:443', 'https://Page.test', '"null"', '"*"']) {
    const shown = JSON.stringify(bad.replaceAll('"', ''))
    expect(faultsOf(`cors: { origins: [${bad}] }`)).toEqual([
      `cors.origins[0] is ${shown}: it takes an origin as https://app.example.`,
    ])
  }
})

test('a header that any page can send is no protection, and is refused as one', () => {
  expect(read('csrf: { requiredHeaders: [X-Mine] }').csrf.requiredHeaders).toEqual(['x-mine'])
  for (const name of ['Accept', 'content-type', 'Range', 'sec-fetch-site', 'cookie', 'user-agent']) {
    expect(faultsOf(`csrf: { requiredHeaders: [${name}] }`)).toEqual([
      `csrf.requiredHeaders[0] is "${name}": it takes the name of a header that no page sends, and no browser adds, without a preflight.`,
    ])
  }
})

test('a key that would say nothing without another one is refused', () => {
  writeFileSync(join(folder, 'own.pem'), 'PEM')
  expect(faultsOf('headers: [{ propagate: { matching: ^x-, rename: y, default: z } }]')).toEqual([
    'headers[0].propagate has rename without name: it takes the one with the other.',
    'headers[0].propagate has default without name: it takes the one with the other.',
  ])
  expect(faultsOf('upstream: { tls: { certFile: own.pem } }')).toEqual([
    'upstream.tls has certFile without keyFile: it takes the one with the other.',
  ])
})

test('texts take values of the environment, and no refusal shows one', () => {
  const environment = { TOKEN: 'hunter2', PORT: '4010', ON: 'true', HOST: 'a.test' }
  const { server, supergraph } = read(
    `
server: { port: "\${PORT}", introspection: "\${ON}" }
supergraph:
  registry: { url: "http://\${HOST}/$\${x}", token: "\${TOKEN}" }
`,
    environment,
  )
  expect(server).toMatchObject({ port: 4010, introspection: true })
  expect(supergraph.registry).toMatchObject({ url: `http://a.test/\${x}`, token: 'hunter2' })
  expect(faultsOf(`server: { port: "\${TOKEN}", workers: "\${MISSING}" }`, environment)).toEqual([
    `server.workers asks for \${MISSING}: the environment has nothing by that name.`,
    'server.port is not usable as the environment gives it: it takes an integer 0-65535.',
  ])
})

test('neither a token nor a password in an address is shown', () => {
  const text = 'supergraph: { registry: { url: "x://me:hunter2@a", token: [hunter2] } }'
  const faults = faultsOf(text).join('\n')
  expect(faults).toContain('supergraph.registry.url')
  expect(faults).toContain('supergraph.registry.token (not shown)')
  expect(faults).not.toContain('hunter2')
})

test('the folder of copies is a path from the file’s folder, or none', () => {
  const folderOf = (word: string) =>
    read(`supergraph: { registry: { url: http://a.test, copyDirectory: ${word} } }`).supergraph.registry
      ?.copyDirectory
  expect(folderOf('copies')).toBe(join(folder, 'copies'))
  expect(folderOf('none')).toBe('none')
  expect(read('supergraph: { registry: { url: http://a.test } }').supergraph.registry?.copyDirectory).toBe(
    undefined,
  )
  expect(faultsOf('supergraph: { registry: { url: http://a.test, copyDirectory: 1 } }')).toEqual([
    'supergraph.registry.copyDirectory is 1: it takes a path, or none.',
  ])
})

test('a text that is no YAML is refused by its first fault alone', () => {
  const faults = faultsOf(`server: { port: \${PORT} }\nlimits: [`)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain('line 1')
})

test('JSON is read as well, and an empty file is all defaults', () => {
  expect(read('{"server":{"port":1}}').server.port).toBe(1)
  const { upstream, limits, server } = read('')
  expect(upstream.breaker).toEqual({ isEnabled: true, failures: 5, halfOpenAfterMs: 10_000 })
  expect(limits.depth).toBe(30)
  expect(server.path).toBe('/graphql')
  expect(read('server:\nupstream:\n')).toEqual(read(''))
})

test('what the file says is what the gateway gets', () => {
  writeFileSync(join(folder, 'ca.pem'), 'PEM')
  const configuration = read(`
supergraph:
  subgraphs: { a: http://a.test/graphql }
  pollIntervalMs: 700
  planner: apollo
  overrides: { next: true }
upstream: { timeoutMs: 900 }
headers:
  - propagate: { name: Accept-Language, rename: x-language, default: en }
  - remove: { matching: '^x-' }
subgraphs:
  a:
    timeoutMs: 100
    tls: { caFile: ca.pem }
    headers: [{ fromClaim: { claim: sub, name: x-user } }]
  b: { replicas: [{ url: http://b.test, weight: 2 }] }
authentication:
  jwks: [{ url: https://id.test/jwks, audience: [a, b], headerPrefix: none }]
  isRequired: true
cors: { origins: ['https://page.test'], maxAgeSeconds: 5 }
limits: { depth: 7, cost: { maximum: 100 } }
observability: { planHeader: { scope: 'plans:read' } }
`)
  expect(supergraphOf(configuration)).toEqual({
    subgraphs: { a: 'http://a.test/graphql' },
    pollIntervalMs: 700,
  })
  expect(gatewayOptionsOf(configuration)).toMatchObject({
    planner: 'apollo',
    overrides: { next: true },
    upstream: {
      timeoutMs: 900,
      headers: [
        { propagate: { name: 'accept-language', rename: 'x-language', default: 'en' } },
        { remove: { matching: '^x-' } },
      ],
    },
    subgraphs: {
      a: { timeoutMs: 100, tls: { ca: 'PEM' }, headers: [{ fromClaim: { claim: 'sub', name: 'x-user' } }] },
      b: { replicas: [{ url: 'http://b.test', weight: 2 }] },
    },
    authentication: [{ keys: 'https://id.test/jwks', audience: ['a', 'b'], headerPrefix: '' }],
    isTokenRequired: true,
    corsOrigins: ['https://page.test'],
    cors: { maxAgeSeconds: 5 },
    limits: { depth: 7, cost: { maximum: 100, defaultListSize: 10, mode: 'enforce' } },
    observability: { planHeader: { isEnabled: true, scope: 'plans:read' } },
  })
  const { subgraphs } = gatewayOptionsOf(configuration)
  expect(subgraphs?.a).toMatchObject({ connections: undefined })
})

test('an extension is loaded, and refused when it has a hook that there is not', async () => {
  const file = join(folder, 'gateway.yaml')
  writeFileSync(file, 'extension: good.mjs')
  writeFileSync(join(folder, 'good.mjs'), 'export const extension = { onRequest() {} }')
  const { options } = await loadConfiguration(file, {})
  expect(options.extension?.onRequest).toBeTypeOf('function')
  writeFileSync(file, 'extension: bad.mjs')
  writeFileSync(join(folder, 'bad.mjs'), 'export default { onRequests() {}, policies: 1 }')
  await expect(loadConfiguration(file, {})).rejects.toThrow(/extension has onRequests, policies: it takes/)
})
