import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Home, makeEmbeddedHome, makeHome } from '../setup/home.ts'
import { launch } from '../setup/launch.ts'

const QUICK_MS = 30_000

let home: Home
const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) server.close()
  await home.remove()
})

/** A port that is in use. */
async function takePort(onConnection?: () => void): Promise<number> {
  const server = createServer(onConnection)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

/** Runs `headcount` until it ends by itself; what it says, without the lines of progress. */
async function refusal(words: readonly string[], environment: Record<string, string> = {}) {
  const startedAt = performance.now()
  const run = launch({ words, environment: { ...home.environment, ...environment }, folder: home.folder })
  const { code } = await run.ended
  const said = run
    .output()
    .split('\n')
    .filter((line) => line !== '' && !/^ *\d+\.\d s […✓]/.test(line))
  expect(performance.now() - startedAt).toBeLessThan(QUICK_MS)
  expect(code).toBe(1)
  expect(said.join('\n')).not.toMatch(/\n\s+at |node:internal|Error:/)
  expect(home.processes()).toEqual([])
  return said
}

const up = (...words: string[]) => ['up', '--port', '0', '--data', home.dataDirectory, ...words]

describe('before anything is started', () => {
  beforeEach(() => {
    home = makeEmbeddedHome()
  })

  test.each([
    { what: 'an unknown command', words: ['fly'], says: 'There is no command "fly"' },
    { what: 'an unknown flag', words: ['up', '--fast'], says: "Unknown option '--fast'" },
    { what: 'a flag without its value', words: ['up', '--port'], says: "'--port <value>' argument missing" },
    { what: 'a port that is no number', words: ['up', '--port', 'http'], says: '--port is "http"' },
    { what: 'a port that is too large', words: ['up', '--port', '70000'], says: '--port is "70000"' },
    {
      what: 'a mode of services that there is not',
      words: ['up', '--services', 'many'],
      says: '--services is "many"; it takes all-in-one or separate.',
    },
    { what: 'a stray word', words: ['up', 'now'], says: "Unexpected argument 'now'" },
    {
      what: 'a supergraph that is not there',
      words: ['gateway', '--supergraph', 'no.graphql'],
      says: 'no such file',
    },
    { what: 'an account without an address', words: ['admin', 'create'], says: '--organization and --email' },
  ])('$what is one sentence with what would be accepted', async ({ words, says }) => {
    const said = await refusal(words)
    expect(said[0]).toMatch(/^headcount: /)
    expect(said[0]).toContain(says)
  })

  test('settings with bad values are all named at once, and no secret is shown', async () => {
    const said = await refusal(up(), {
      LOG_LEVEL: 'loud',
      PORT: '-1',
      NATS_URL: 'http://127.0.0.1',
      DATABASE_URL_GATES: 'mysql://root:hunter2@127.0.0.1/gates',
      HEADCOUNT_ACCESS_TOKEN_SECONDS: '0',
      HEADCOUNT_GATES_CONNECTIONS: 'many',
    })
    const text = said.join('\n')
    for (const name of [
      'LOG_LEVEL',
      'PORT',
      'NATS_URL',
      'DATABASE_URL_GATES',
      'HEADCOUNT_ACCESS_TOKEN_SECONDS',
      'HEADCOUNT_GATES_CONNECTIONS',
    ]) {
      expect(text).toContain(`${name} is `)
    }
    expect(text).not.toContain('hunter2')
  })

  test('separate services without NATS and Valkey: both are named, with what helps', async () => {
    // Neither on PATH nor in the cache: only the shell that servers are started by is there.
    const said = await refusal(up('--services', 'separate'), {
      PATH: '/nowhere',
      XDG_CACHE_HOME: home.folder,
    })
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('NATS_URL')
    expect(said[0]).toContain('REDIS_URL')
    expect(said[0]).toContain('bin/headcount fetch-servers')
  })

  test('several workers without NATS and Valkey: both are named, with what helps', async () => {
    const said = await refusal(up('--workers', '2'), { PATH: '/nowhere', XDG_CACHE_HOME: home.folder })
    expect(said).toHaveLength(1)
    for (const word of ['NATS_URL', 'REDIS_URL', 'bin/headcount fetch-servers'])
      expect(said[0]).toContain(word)
  })

  test('no workers at all is one sentence with what would be accepted', async () => {
    const said = await refusal(up('--workers', '0'))
    expect(said).toEqual(['headcount: --workers is "0"; it takes a number from 1 to 256.'])
  })

  test('more workers than the embedded Postgres has connections for are refused, with what to do', async () => {
    const said = await refusal(up('--workers', '13'))
    expect(said.join()).toContain('--workers is 13; the embedded Postgres has connections for 12 processes')
    expect(said.join()).toContain('DATABASE_URL_')
  })

  test.each(['all-in-one', 'separate'])('a port in use is named, with what to do (%s)', async (services) => {
    const port = await takePort()
    const words = ['up', '--port', String(port), '--data', home.dataDirectory, '--services', services]
    const [said, ...more] = await refusal(words)
    expect(said).toContain(`Port ${port} of 127.0.0.1 is in use`)
    expect(said).toContain('--port N')
    expect(more).toEqual([])
  })
})

test('a database that nobody serves is named, without its password, and the Postgres of the others is stopped', async () => {
  home = makeEmbeddedHome()
  const url = 'postgres://gatekeeper:hunter2@127.0.0.1:9/gates'
  const said = await refusal(up(), { DATABASE_URL_GATES: url })
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/gates.*127\.0\.0\.1:9/)
  expect(said[0]).not.toContain('hunter2')
})

test('a queue and a pub/sub that nobody serves are both named, without their passwords', async () => {
  home = await makeHome()
  const said = await refusal(up(), {
    NATS_URL: 'nats://me:hunter2@127.0.0.1:9',
    REDIS_URL: 'redis://me:hunter2@127.0.0.1:9',
  })
  const text = said.join('\n')
  expect(text).toContain('NATS_URL names 127.0.0.1:9')
  expect(text).toContain('REDIS_URL names 127.0.0.1:9')
  expect(text).not.toContain('hunter2')
})

test('a database server that never says a word is given up', async () => {
  home = await makeHome()
  const port = await takePort(() => {})
  const url = `postgres://gatekeeper:hunter2@127.0.0.1:${port}/gates`
  const said = await refusal(up(), { DATABASE_URL_GATES: url })
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(`127.0.0.1:${port}`)
})
