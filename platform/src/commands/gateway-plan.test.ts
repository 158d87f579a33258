import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@headcount/config'
import { loadConfiguration } from '@headcount/gateway/configuration'
import { afterAll, expect, test } from 'vitest'
import { platformSettings } from '../config.ts'
import { planGateway, readGatewayFlags } from './gateway-plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'headcount-plan-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'supergraph.graphql'), '')

async function plan(words: string, file = '', environment: Record<string, string> = {}) {
  const path = join(folder, 'gateway.yaml')
  writeFileSync(path, file)
  return planGateway({
    flags: readGatewayFlags(words.split(' ').filter(Boolean)),
    settings: readConfig(platformSettings, environment),
    configuration: await loadConfiguration(path, environment),
    folder,
    environment,
  })
}

const file = `
server: { port: 4100, host: 0.0.0.0, workers: 3 }
supergraph: { file: supergraph.graphql }
authentication: { jwks: [{ url: 'https://file.test/jwks' }] }
observability: { logLevel: error }
`

test('the command line goes before the file, the file before the environment, that before the defaults', async () => {
  const environment = { PORT: '4200', LOG_LEVEL: 'debug', HEADCOUNT_CORS_ORIGINS: 'https://a.test' }
  const plain = await plan('--supergraph supergraph.graphql')
  expect(plain).toMatchObject({ listen: { host: '127.0.0.1', port: 4000 }, logLevel: 'warn' })
  expect(plain.workers).toBeUndefined()
  expect(plain.options.authentication).toBeUndefined()
  const fromEnvironment = await plan('--supergraph supergraph.graphql', '', environment)
  expect(fromEnvironment).toMatchObject({ listen: { port: 4200 }, logLevel: 'debug' })
  expect(fromEnvironment.options.corsOrigins).toEqual(['https://a.test'])
  const fromFile = await plan('', file, environment)
  expect(fromFile).toMatchObject({ listen: { host: '0.0.0.0', port: 4100 }, workers: 3, logLevel: 'error' })
  expect(fromFile.options).toMatchObject({
    supergraph: { file: join(folder, 'supergraph.graphql') },
    authentication: [{ keys: 'https://file.test/jwks' }],
  })
  const words =
    '--port 0 --host ::1 --workers 1 --registry http://r.test --jwks http://j.test --introspection'
  const fromLine = await plan(words, file, environment)
  expect(fromLine).toMatchObject({ listen: { host: '::1', port: 0 }, workers: 1 })
  expect(fromLine.options).toMatchObject({
    supergraph: { registry: { url: 'http://r.test' } },
    authentication: { keys: 'http://j.test', issuer: 'headcount', audience: 'headcount' },
    introspection: true,
    graphiql: true,
  })
})

test('usage is reported where the supergraph comes from a registry or the file names one, unless it is off', async () => {
  const usageOf = async (words: string, text = '') => (await plan(words, text)).options.usage
  expect(await usageOf('--supergraph supergraph.graphql')).toBeUndefined()
  expect(await usageOf('--registry http://r.test')).toMatchObject({ intervalMs: 10_000 })
  expect(await usageOf('--registry http://r.test', 'usage: { isEnabled: false }')).toBeUndefined()
  const named = 'usage: { url: http://r.test, intervalMs: 2000 }'
  expect(await usageOf('--supergraph supergraph.graphql', named)).toMatchObject({ intervalMs: 2_000 })
})

test('an access log is seen without another word, unless the environment says otherwise', async () => {
  const asked = 'observability: { accessLog: true }'
  expect((await plan('--registry http://r.test', asked)).logLevel).toBe('info')
  expect((await plan('--registry http://r.test', asked, { LOG_LEVEL: 'error' })).logLevel).toBe('error')
})

test('subgraphs are given by name and address', async () => {
  const { options } = await plan('--subgraphs a=http://a.test/graphql,b=https://b.test/?x=1')
  expect(options.supergraph).toMatchObject({
    subgraphs: { a: 'http://a.test/graphql', b: 'https://b.test/?x=1' },
  })
})

test('a flag takes the place of an address in the file, and of nothing else', async () => {
  const subgraphs = 'supergraph: { pollIntervalMs: 3000, subgraphs: { a: http://old.test } }'
  expect((await plan('--subgraphs b=http://b.test', subgraphs)).options.supergraph).toEqual({
    subgraphs: { b: 'http://b.test' },
    pollIntervalMs: 3000,
  })
  const alone = 'supergraph: { pollIntervalMs: 4000 }'
  expect((await plan('--subgraphs b=http://b.test', alone)).options.supergraph).toMatchObject({
    pollIntervalMs: 4000,
  })
  const registry = 'supergraph: { registry: { url: http://old.test, token: told, pollIntervalMs: 5000 } }'
  expect((await plan('--registry http://r.test', registry)).options.supergraph).toEqual({
    registry: {
      url: 'http://r.test',
      token: 'told',
      pollIntervalMs: 5000,
      waitMs: 25_000,
      startTimeoutMs: 3_000,
    },
  })
})

test('the token for the registry is the file’s, else the environment’s, whoever names the address', async () => {
  const environment = { HEADCOUNT_REGISTRY_TOKEN: 'of the environment' }
  const named = 'supergraph: { registry: { url: http://f.test } }'
  const told = 'supergraph: { registry: { url: http://f.test, token: of the file } }'
  const tokenOf = async (...how: Parameters<typeof plan>) => {
    const { supergraph } = (await plan(...how)).options
    return 'registry' in supergraph ? supergraph.registry.token : 'none'
  }
  expect(await tokenOf('--registry http://r.test', '', environment)).toBe('of the environment')
  expect(await tokenOf('', named, environment)).toBe('of the environment')
  expect(await tokenOf('--registry http://r.test', told, environment)).toBe('of the file')
  expect(await tokenOf('', told, environment)).toBe('of the file')
  expect(await tokenOf('', named, { HEADCOUNT_REGISTRY_TOKEN: '' })).toBeUndefined()
})

test('origins of the environment are taken as those of the file are, and another text is refused', async () => {
  const start = (origins: string) => plan('--registry http://r.test', '', { HEADCOUNT_CORS_ORIGINS: origins })
  const good = ['https://a.test', 'http://b.test:8080']
  expect((await start(good.join(', '))).options.corsOrigins).toEqual(good)
  for (const bad of [
    'https://x/',
    'https://x/page',
    'https://x:443',
    'x.test',
    'null',
    '*',
    'ftp://x.test',
  ]) {
    await expect(start(`https://a.test,${bad}`)).rejects.toThrow(
      `HEADCOUNT_CORS_ORIGINS is "https://a.test,${bad}": "${bad}" is none; ` +
        'it takes words separated by commas, each an origin as https://app.example.',
    )
  }
})

const served = '--supergraph supergraph.graphql'

test('manifests of the command line go before those of the file, and --locked before its mode', async () => {
  for (const name of ['a.json', 'b.json']) writeFileSync(join(folder, name), '{}')
  const [a, b] = ['a.json', 'b.json'].map((name) => join(folder, name))
  expect((await plan(served)).options.trustedDocuments).toBeUndefined()
  expect((await plan(`${served} --documents a.json,b.json`)).options.trustedDocuments).toEqual({
    source: { files: [{ path: a }, { path: b }] },
    mode: 'open',
    isPerClient: false,
    acceptsText: true,
  })
  const written =
    'trustedDocuments: { files: [{ path: a.json, client: web }], mode: audit, isPerClient: true, acceptsText: false }'
  expect((await plan(served, written)).options.trustedDocuments).toEqual({
    source: { files: [{ path: a, client: 'web' }] },
    mode: 'audit',
    isPerClient: true,
    acceptsText: false,
  })
  expect(
    (await plan(`${served} --documents b.json --locked`, written)).options.trustedDocuments,
  ).toMatchObject({
    source: { files: [{ path: b }] },
    mode: 'locked',
    isPerClient: true,
  })
})

test.each([
  ['--locked', '', '--locked needs documents'],
  ['', 'trustedDocuments: { mode: locked }', 'trustedDocuments.mode locked needs documents'],
  ['', 'trustedDocuments: { mode: audit }', 'trustedDocuments.mode audit needs documents'],
  [
    '--documents none.json',
    '',
    '--documents has "none.json"; it takes FILE,FILE of manifests that are there.',
  ],
  ['--documents a.json,', '', '--documents has ""'],
])('a gateway never starts open that was meant to be locked: %s %s', async (words, text, sentence) => {
  await expect(plan(`${served} ${words}`, text)).rejects.toThrow(sentence)
})

test.each([
  ['', 'gateway needs --supergraph FILE, --subgraphs NAME=URL,… or --registry URL'],
  ['--supergraph none.graphql', 'there is no such file'],
  ['--supergraph a --registry http://a.test', 'There are --supergraph and --registry'],
  ['--subgraphs a', '--subgraphs has "a"; it takes NAME=URL,NAME=URL.'],
  ['--subgraphs a=b', '--subgraphs has "b"; it takes an address'],
  ['--registry ftp://a', '--registry has "ftp://a"; it takes an address'],
  ['--supergraph supergraph.graphql --workers 0', '--workers is "0"; it takes a number from 1 to 256.'],
  ['--supergraph supergraph.graphql --issuer me', '--issuer says whose tokens count, which needs --jwks URL'],
  ['--supergraph supergraph.graphql --jwks x', '--jwks has "x"; it takes an address'],
  ['--wrokers 2', "Unknown option '--wrokers'"],
])('%s is refused with what to do', async (words, sentence) => {
  await expect(plan(words)).rejects.toThrow(sentence)
})

test('a secret that is too short is refused and not shown', async () => {
  const start = plan('--supergraph supergraph.graphql', '', { HEADCOUNT_VIEWER_SECRET: 'hunter2' })
  await expect(start).rejects.toThrow(
    /^HEADCOUNT_VIEWER_SECRET is too short; it takes 32 characters at least\.$/,
  )
})
