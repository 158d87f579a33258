import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runOperations } from '../../src/commands/index.ts'
import { startRegistry, type TestRegistry } from '../server/harness.ts'
import { adminToken } from '../server/serve-registry.ts'
import { sha256 } from '../usage/reports.ts'

let registry: TestRegistry
let folder: string

beforeAll(async () => {
  registry = await startRegistry()
  await registry.publish({ name: 'events', sdl: 'type Query { name: String slug: String }' })
  folder = mkdtempSync(join(tmpdir(), 'manifests '))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await registry.stop()
})
beforeEach(() => registry.database.query('TRUNCATE manifests, manifest_documents'))

async function operations(argv: string[], { environment = {}, input = '' } = {}) {
  let out = ''
  let err = ''
  const code = await runOperations(argv, {
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
    environment: {
      HEADCOUNT_REGISTRY_URL: registry.url,
      HEADCOUNT_REGISTRY_TOKEN: adminToken,
      ...environment,
    },
    ...{ folder, home: folder, input: Readable.from([Buffer.from(input)]) },
  })
  return { code, out, err }
}

function write(name: string, value: unknown): string {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value, undefined, 2))
  return name
}

const name = 'query Name { name }'
const plain = { [sha256(name)]: name, slug: '{ slug }' }
const apollo = {
  ...{ format: 'apollo-persisted-query-manifest', version: 1 },
  operations: [{ id: sha256(name), name: 'Name', type: 'query', body: name }],
}

describe('operations publish', () => {
  it('publishes a plain map, and says that all is known when it comes again', async () => {
    const file = write('web.json', plain)
    const options = ['--client', 'web', '--version', '1']
    expect(await operations(['publish', file, ...options])).toEqual({
      ...{ code: 0, out: 'Published 2 operations of web; 0 were known\n', err: '' },
    })
    expect(await operations(['publish', ...options, file])).toMatchObject({
      ...{ code: 0, out: 'Published 0 operations of web; 2 were known\n' },
    })
    expect((await registry.call('GET', '/documents')).json).toMatchObject({ clients: [{ client: 'web' }] })
  })

  it("publishes Apollo's manifest from standard input, and several files at once", async () => {
    expect(await operations(['publish', '-'], { input: JSON.stringify(apollo) })).toMatchObject({
      ...{ code: 0, out: 'Published 1 operations; 0 were known\n' },
    })
    const files = [write('a.json', apollo), write('b.json', { slug: '{ slug }' })]
    expect(await operations(['publish', ...files, '--client', 'ios'])).toMatchObject({
      ...{ code: 0, out: 'Published 2 operations of ios; 0 were known\n' },
    })
  })

  it('exits 1 where operations are refused, names each with its place and reason, and publishes none', async () => {
    const file = write('web.json', { ...plain, gone: 'query Gone { gone }', 'a:b': '{ name }' })
    expect(await operations(['publish', file])).toEqual({
      ...{ code: 1, out: '' },
      err: [
        'web.json:4:3: Gone (gone): Cannot query field "gone" on type "Query". (line 1, column 14)',
        'web.json:5:3: a:b: Its id must have no colon unless it begins with x-; a hash is given without sha256:',
        'Nothing was published: 2 operations of 4 refused\n',
      ].join('\n'),
    })
    expect((await registry.call('GET', '/documents')).json).toEqual({ clients: [] })
  })

  it.each([
    [['publish'], 'It takes at least one FILE; 0 were given. Try: headcount operations publish --help'],
    [['publish', 'none.json'], 'There is no file none.json'],
    [['publish', '.'], '. cannot be read: EISDIR'],
    [['publish', '-', '--version', ''], '--version is empty'],
    [['publish', '-', '--nope'], "Unknown option '--nope'"],
    [['publish', '-'], 'standard input is no manifest: it is not JSON'],
    [['nope'], "Unknown command 'nope': use publish, list, withdraw"],
    [['withdraw', 'x'], "'x' is no id of a manifest"],
    [['withdraw', '999'], 'There is no manifest 999'],
    [['list', 'x'], "Unexpected argument 'x'"],
    [['list', '--registry', 'nowhere'], 'is no address of a registry'],
  ])('exits 2 where %j cannot run', async (argv, message) => {
    const { code, err } = await operations(argv)
    expect(err).toContain(message)
    expect(code).toBe(2)
  })

  it.each([
    [{}, 'is no manifest'],
    [{ a: '{ name' }, 'operation a is no GraphQL'],
    [{ a: 1 }, 'no text: "a"'],
    ['{}', 'there is no operation in it'],
  ])('exits 2 where a file holds %j', async (value, message) => {
    const wrong = typeof value === 'object' && Object.keys(value).length === 0 ? '[]' : value
    const { code, err } = await operations(['publish', write('wrong.json', wrong)])
    expect(err).toContain('wrong.json')
    expect(err).toContain(message)
    expect(code).toBe(2)
  })

  it('where the registry is away, or the token is wrong, says so', async () => {
    const file = write('web.json', plain)
    const away = { HEADCOUNT_REGISTRY_URL: 'http://127.0.0.1:1/registry' }
    expect(await operations(['publish', file], { environment: away })).toMatchObject({
      ...{
        code: 2,
        err: expect.stringContaining('The registry at http://127.0.0.1:1/registry cannot be reached'),
      },
    })
    const environment = { HEADCOUNT_REGISTRY_TOKEN: 'hcr_wrong' }
    expect(await operations(['publish', file], { environment })).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('HEADCOUNT_REGISTRY_TOKEN') },
    })
  })
})

it('publishes an operation for the client that it names, and the others for that of the command', async () => {
  const operation = (id: string, body: string, clientName?: string) => ({
    ...{ id, body, name: 'Own', type: 'query' },
    ...(clientName === undefined ? {} : { clientName }),
  })
  const manifest = {
    ...{ format: 'apollo-persisted-query-manifest', version: 1 },
    operations: [operation('a', 'query Own { slug }', 'shop'), operation('b', 'query Own { name }')],
  }
  expect(await operations(['publish', write('both.json', manifest), '--client', 'web'])).toMatchObject({
    ...{ code: 0, err: '' },
    out: 'Published 1 operations of shop; 0 were known\nPublished 1 operations of web; 0 were known\n',
  })
  expect((await registry.call('GET', '/documents')).json).toMatchObject({
    clients: [
      { client: 'shop', documents: [{ id: 'a' }] },
      { client: 'web', documents: [{ id: 'b' }] },
    ],
  })
})

it('operations list shows what was published, and withdraw takes it back', async () => {
  expect(await operations(['list'])).toMatchObject({ code: 0, out: 'No manifest is published\n' })
  await operations(['publish', write('web.json', plain), '--client', 'web', '--version', '1'])
  await operations(['publish', write('b.json', { slug: '{ slug }' })])
  const { out } = await operations(['list'])
  const [head, second, first] = out.split('\n')
  expect(head).toMatch(/^ID +CLIENT +VERSION +OPERATIONS +PUBLISHED +BY$/)
  expect(second).toMatch(/^\d+ +\(anybody\) +- +1 +\S+Z +\S/)
  expect(first).toMatch(/^\d+ +web +1 +2 +\S+Z +\S/)
  const id = first?.split(' ')[0] ?? ''
  expect(await operations(['withdraw', id])).toMatchObject({
    ...{ code: 0, out: `Withdrew manifest ${id} of web 1: 2 operations\n` },
  })
  expect((await operations(['list', '--client', 'web'])).out).toMatch(/withdrawn\n$/)
  expect((await registry.call('GET', '/documents')).json).toMatchObject({ clients: [{ client: '' }] })
})

it('help explains the command and each subcommand', async () => {
  expect((await operations(['--help'])).out).toContain('publishes the operations of a client')
  for (const name of ['publish', 'list', 'withdraw']) {
    expect(await operations([name, '--help'])).toMatchObject({
      ...{ code: 0, out: expect.stringContaining(`Usage: headcount operations ${name}`) },
    })
  }
})
