import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRegistry, runSchema } from '../../src/commands/index.ts'
import { sha256 } from '../usage/reports.ts'
import { events, gates, sdl, startRegistry, type TestRegistry } from './harness.ts'
import { adminToken } from './serve-registry.ts'

let test: TestRegistry
let root: string
beforeAll(async () => {
  test = await startRegistry()
  root = mkdtempSync(join(tmpdir(), 'headcount client '))
  write('subgraphs/events/schema.graphql', events)
  write('subgraphs/gates/schema.graphql', gates)
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'first')
})
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  await test?.stop()
})

function git(...args: string[]) {
  const author = ['-c', 'user.name=Olga', '-c', 'user.email=o@demo.test', '-c', 'commit.gpgsign=false']
  return execFileSync('git', ['-C', root, ...author, ...args], { encoding: 'utf8' })
}

function write(file: string, text: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

async function run(
  command: typeof runSchema,
  argv: string[],
  environment: Record<string, string | undefined> = {},
) {
  let [out, err] = ['', '']
  const code = await command(argv, {
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
    environment: { HEADCOUNT_REGISTRY_URL: test.url, HEADCOUNT_REGISTRY_TOKEN: adminToken, ...environment },
    folder: root,
    home: root,
  })
  return { code, out, err }
}

const schema = (...argv: string[]) => run(runSchema, argv)
const registry = (...argv: string[]) => run(runRegistry, argv)

describe('headcount schema publish', () => {
  it('publishes the whole repository as one version, with who made it and of which commit', async () => {
    expect(await schema('publish', '--all', '--message', 'begin')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Version 1 is live: events, gates changed; 2 subgraphs/),
    })
    expect((await test.call('GET', '/versions/1')).json).toMatchObject({
      author: 'Olga',
      commit: git('rev-parse', 'HEAD').trim(),
      message: 'begin',
      subgraphs: [{ url: 'http://events.invalid/graphql' }, { url: 'http://gates.invalid/graphql' }],
    })
    expect(await schema('publish', '--all')).toMatchObject({
      code: 0,
      out: 'Nothing differs from version 1, which is live; no version was made\n',
    })
  })

  it('publishes one subgraph with its address, which stays until another is named', async () => {
    expect((await schema('publish', '--subgraph', 'events', '--url', 'http://events.test/q')).code).toBe(0)
    write('subgraphs/events/schema.graphql', events.replace('name: String!', 'title: String!'))
    const { code, out } = await schema('publish', '--subgraph', 'events')
    expect(code).toBe(0)
    expect(out).toContain('Version 3 is live: events changed')
    expect(out).toContain('breaking FIELD_REMOVED  Event.name')
    expect((await test.call('GET', '/versions/live')).json).toMatchObject({
      subgraphs: [{ url: 'http://events.test/q' }, {}],
    })
    write('subgraphs/events/schema.graphql', events)
  })

  it('says why a version is refused, with the place in the file, and leaves with 1', async () => {
    write('broken.graphql', gates.replace('inside: Int!', 'inside: Nothing'))
    const { code, err, out } = await schema('publish', '--subgraph', 'gates', '--schema', 'broken.graphql')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('error INVALID_GRAPHQL at broken.graphql:2:')
    expect(err).toContain('REFUSED: version 4 does not compose (gates changed)')
  })

  it('takes a schema from the standard input', async () => {
    const input = Readable.from([Buffer.from(sdl('type Query { piped: Int }'))])
    const argv = ['publish', '--subgraph', 'piped', '--url', 'http://piped.test', '--schema', '-']
    expect(await run((words, invocation) => runSchema(words, { ...invocation, input }), argv)).toMatchObject({
      code: 0,
      out: expect.stringContaining('piped changed'),
    })
    expect((await schema('remove', '--subgraph', 'piped')).code).toBe(0)
  })

  it('asks a subgraph that runs for its schema', async () => {
    const running = createServer((_req, res) => {
      res.setHeader('content-type', 'application/json')
      res.end(JSON.stringify({ data: { _service: { sdl: sdl('type Query { running: Int }') } } }))
    })
    await once(running.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(running.address() as AddressInfo).port}/graphql`
    expect(await schema('publish', '--subgraph', 'running', '--url', url)).toMatchObject({ code: 0 })
    running.close()
    running.closeAllConnections()
    expect(await schema('publish', '--subgraph', 'away', '--url', url)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`The subgraph at ${url} gave no schema: `),
    })
  })

  it.each([
    [
      ['publish'],
      'Which subgraph? Name it with --subgraph, or publish --all. Try: headcount schema publish --help',
    ],
    [['publish', '--all', '--url', 'http://a.test'], '--all and --url do not go together'],
    [['publish', '--subgraph', 'zones'], "Where do gateways reach 'zones'? Name its address with --url"],
    [['publish', '--subgraph', 'events', '--schema', 'none.graphql'], 'none.graphql cannot be read'],
    [['rollback', '--to', 'x'], '--to is "x"'],
    [['remove'], 'Which subgraph?'],
    [['versions', '--limit', '0'], '--limit is "0"'],
    [['contract', 'get'], "Unknown command 'contract get': use compose"],
    [['contract', 'set'], 'Which contract?'],
  ])('%j is refused with what to do', async (argv, sentence) => {
    expect(await schema(...argv)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  })

  it('lists what nobody used, and says when nobody can know', async () => {
    expect(await schema('unused')).toEqual({
      code: 1,
      out: '',
      err: 'No traffic of the last 30 days is recorded: nobody knows what is used\n',
    })
    expect(await schema('unused', '--days', '0')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--days is "0"; it takes a number from 1 to 3650'),
    })
    const now = new Date().toISOString()
    const text = '{ __typename }'
    await test.call('POST', '/usage', {
      body: {
        ...{ gateway: 'g', sequence: 1, from: now, to: now, inputs: [], uncounted: 0 },
        operations: [
          { id: sha256(text), name: null, kind: 'query', text, coordinates: ['Query'], documentId: null },
        ],
        counts: [
          {
            operation: sha256(text),
            client: { name: 'web', version: '1' },
            ...{ requests: 1, errors: 0, latencies: [1, ...Array(13).fill(0)] },
          },
        ],
      },
    })
    const { code, out, err } = await schema('unused', '--days', '7')
    expect(code).toBe(0)
    expect(out).toMatch(/^Query\.\w+ {2}\(\w+.*\)$/m)
    expect(out).not.toMatch(/^Query {2}/m)
    expect(err).toMatch(/^\d+ elements were not used in 7 days; traffic is recorded since /)
  })

  it('lists who did what', async () => {
    const { code, out } = await registry('audit', '--limit', '200')
    expect(code).toBe(0)
    expect(out).toMatch(/^\S+Z {2}version\.published {2}\d+ {2}by \S+$/m)
  })

  it('says when there is no registry, no token, or one that may not', async () => {
    const away = { HEADCOUNT_REGISTRY_URL: 'http://127.0.0.1:1/registry' }
    expect(await run(runSchema, ['versions'], away)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be reached'),
    })
    const none = { HEADCOUNT_REGISTRY_TOKEN: undefined }
    expect(await run(runSchema, ['versions'], none)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Give a token (hcr_…) in HEADCOUNT_REGISTRY_TOKEN'),
    })
  })

  it('takes the token of the data directory on this machine, and gives it to no other', async () => {
    write('.headcount/secrets.json', JSON.stringify({ HEADCOUNT_REGISTRY_TOKEN: adminToken }))
    const none = { HEADCOUNT_REGISTRY_TOKEN: undefined }
    expect((await run(runSchema, ['versions'], none)).code).toBe(0)
    let seen: string | undefined
    const foreign = createServer((req, res) => {
      seen = req.headers.authorization
      res.end('{}')
    })
    await once(foreign.listen(0, '127.0.0.1'), 'listening')
    const { port } = foreign.address() as AddressInfo
    // Another name for this machine stands for another machine.
    const url = `http://localhost.localdomain:${port}/registry`
    await run(runSchema, ['versions'], { ...none, HEADCOUNT_REGISTRY_URL: url })
    expect(seen).toBeUndefined()
    foreign.closeAllConnections()
    foreign.close()
  })
})

it('headcount schema remove, rollback and versions do what they say', async () => {
  expect(await schema('remove', '--subgraph', 'running')).toMatchObject({
    code: 0,
    out: expect.stringContaining('is live: running changed'),
  })
  expect(await schema('remove', '--subgraph', 'running')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing differs'),
  })
  expect(await schema('rollback', '--to', '1', '--message', 'as it was')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Version 9 is live: events changed, as version 1 was'),
  })
  const { code, out } = await schema('versions', '--limit', '4')
  expect(code).toBe(0)
  expect(out.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^ {4}9 {2}live .*rollback {2}to 1 {2}by HEADCOUNT_REGISTRY_TOKEN.*"as it was"/),
    expect.stringMatching(/^ {4}8 .*remove .*running/),
    expect.stringMatching(/^ {4}7 .*publish .*running/),
    expect.stringMatching(/^ {4}6 .*remove .*piped/),
  ])
  expect(JSON.parse((await schema('versions', '--format', 'json')).out)).toHaveLength(9)
  expect((await schema('rollback', '--to', '99')).err).toContain('There is no version 99')
})

it('headcount schema contract sets, lists and removes', async () => {
  expect(await schema('contract', 'set', '--name', 'apps', '--exclude', 'internal, beta')).toMatchObject({
    code: 0,
    out: 'Contract apps (-beta -internal) serves version 9\n',
  })
  const broken = await schema('contract', 'set', '--name', 'partners', '--include', 'partners')
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('Every field of Query is hidden') })
  expect((await schema('contract', 'list')).out).toContain('Contract partners (+partners) serves nothing yet')
  expect(await schema('contract', 'remove', '--name', 'partners')).toMatchObject({ code: 0 })
  expect(await schema('contract', 'remove', '--name', 'partners')).toMatchObject({
    code: 1,
    err: "There is no contract 'partners'; there are: apps\n",
  })
})

it('headcount registry token makes, lists and revokes', async () => {
  const made = await registry(
    'token',
    'create',
    '--name',
    'ci',
    '--scope',
    'schema:read,schema:publish',
    '--expires',
    '2099-01-31',
  )
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^hcr_\S{43}\n$/) })
  const HEADCOUNT_REGISTRY_TOKEN = made.out.trim()
  expect((await run(runSchema, ['versions'], { HEADCOUNT_REGISTRY_TOKEN })).code).toBe(0)
  const contract = ['contract', 'set', '--name', 'x', '--include', 'y']
  expect(await run(runSchema, contract, { HEADCOUNT_REGISTRY_TOKEN })).toMatchObject({
    code: 2,
    err: expect.stringContaining('takes the scope registry:admin'),
  })
  expect((await registry('token', 'list')).out).toMatch(
    /^ci +schema:read,schema:publish {2}last used .*until 2099-01-31/,
  )
  expect((await registry('token', 'revoke', '--name', 'ci')).out).toBe('Token ci is revoked\n')
  expect((await run(runSchema, ['versions'], { HEADCOUNT_REGISTRY_TOKEN })).code).toBe(2)
  expect((await registry('token', 'create', '--name', 'x', '--scope', 'all')).err).toContain(
    'there are: schema:read',
  )
  expect((await registry('token', 'revoke', '--name', 'y')).err).toContain(
    "There is no token 'y'; there are: ci",
  )
})

it('every command explains itself', async () => {
  for (const argv of [
    ['publish'],
    ['remove'],
    ['rollback'],
    ['versions'],
    ['contract', 'set'],
    ['contract', 'remove'],
    ['contract', 'list'],
  ]) {
    const { code, out } = await schema(...argv, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`Usage: headcount schema ${argv.join(' ')}`)
    expect(out).toContain('Exit code:')
  }
  expect((await schema('--help')).out).toContain('contract set')
  expect((await registry('token', 'create', '--help')).out).toContain('schema:publish')
  expect(await registry('tokens')).toMatchObject({
    code: 2,
    err: expect.stringContaining('token create, token list'),
  })
})
