import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findServer } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Launched, launch } from '../../e2e/setup/launch.ts'
import { freePorts } from '../../platform/src/free-ports.ts'
import { readEnv } from './read-env.ts'
import { readCompose, readDockerfile } from './read-files.ts'

const missing = await serversOrSkip()
const READY_MS = 90_000
const makeEnv = fileURLToPath(new URL('../make-env.sh', import.meta.url))

let folder: string
let values: Record<string, string>
const endings: (() => Promise<void> | void)[] = []

/** The port that a server says it listens at. */
async function startServer(
  path: string,
  words: readonly string[],
  env: Record<string, string>,
): Promise<number> {
  const child = spawn(path, words, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(child, 'exit')
  endings.push(async () => {
    child.kill('SIGTERM')
    await gone
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  for (let waited = 0; waited < 15_000; waited += 25) {
    const [, port] = /client connections on 127\.0\.0\.1:(\d+).*Server is ready/s.exec(output) ?? []
    if (port) return Number(port)
    if (/Ready to accept connections/.test(output)) return 0
    if (child.exitCode !== null) break
    await sleep(25)
  }
  throw new Error(`${path} did not start: ${output}`)
}

/** NATS with deploy/nats.conf, but for its folder and its ports. */
async function startNats(): Promise<string> {
  const text = readFileSync(new URL('../nats.conf', import.meta.url), 'utf8')
  const own = text
    .replace('"/data"', JSON.stringify(join(folder, 'nats')))
    .replace('127.0.0.1:8222', '127.0.0.1:-1')
  writeFileSync(join(folder, 'nats.conf'), own)
  const server = await findServer('nats-server')
  const words = ['--config', join(folder, 'nats.conf'), '--addr', '127.0.0.1', '--port', '-1']
  const port = await startServer(server?.path ?? '', words, { NATS_PASSWORD: values['NATS_PASSWORD'] ?? '' })
  return `127.0.0.1:${port}`
}

/** Valkey with the words of compose.yaml, on a port of its own. */
async function startValkey(): Promise<string> {
  const [, ...words] = readCompose(values).services['valkey']?.command ?? []
  const server = await findServer('valkey-server')
  const [port = 0] = await freePorts(1)
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  await startServer(server?.path ?? '', [...words, ...where], {})
  return `127.0.0.1:${port}`
}

/** A database a service, whose role may enter no other; on the test run's own Postgres. Answers the server's place. */
async function makeDatabases(urls: readonly URL[]): Promise<string> {
  const server = process.env.HEADCOUNT_TEST_POSTGRES ?? ''
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  endings.push(() => client.end())
  for (const { username, password, pathname } of urls) {
    await client.query(`CREATE ROLE ${username} LOGIN PASSWORD '${password}'`)
    await client.query(`CREATE DATABASE ${pathname.slice(1)} OWNER ${username}`)
    await client.query(`REVOKE ALL ON DATABASE ${pathname.slice(1)} FROM PUBLIC`)
    endings.push(async () => {
      await client.query(`DROP DATABASE ${pathname.slice(1)} WITH (FORCE)`)
      await client.query(`DROP ROLE ${username}`)
    })
  }
  return new URL(server).host
}

/** What compose.yaml gives the platform, with the places of this machine in place of the containers' names. */
async function platformEnvironment(): Promise<Record<string, string>> {
  const given = readCompose(values).services['headcount']?.environment ?? {}
  const databases = Object.entries(given).filter(([name]) => name.startsWith('DATABASE_URL_'))
  const places: Record<string, string> = {
    'postgres:5432': await makeDatabases(databases.map(([, url]) => new URL(url))),
    'nats:4222': await startNats(),
    'valkey:6379': await startValkey(),
  }
  const moved = Object.entries(given).map(([name, value]) => {
    const [, container = ''] = /@(\w+:\d+)/.exec(value) ?? []
    return [name, value.replace(`@${container}`, `@${places[container]}`)]
  })
  return { ...Object.fromEntries(moved), PORT: '0' }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headcount-deploy-'))
  execFileSync(makeEnv, [join(folder, '.env')])
  values = readEnv(join(folder, '.env'))
})
afterAll(async () => {
  for (const end of endings.toReversed()) await end()
  rmSync(folder, { recursive: true, force: true })
})

async function untilReady({ output, isRunning }: Launched): Promise<string> {
  for (let waited = 0; waited < READY_MS && isRunning(); waited += 50) {
    const [, url] = /GraphQL\s+(http:\/\/[^\s/]+)\/graphql.*Ctrl-C/s.exec(output()) ?? []
    if (url) return url
    await sleep(50)
  }
  throw new Error(`The platform is not ready:\n${output()}`)
}

describe.skipIf(missing)(titled('with what compose.yaml gives it', missing), () => {
  test("the image's command starts the platform on roles, NATS and Valkey with passwords, and the image's check says that it is ready", async () => {
    const { command, healthcheck } = readDockerfile()
    const environment = await platformEnvironment()
    const words = command.map((word) => (word === '0.0.0.0' ? '127.0.0.1' : word))
    const launched = launch({ words, environment, folder })
    try {
      const url = await untilReady(launched)
      expect(launched.output()).not.toContain('embedded')
      const [, ...check] = healthcheck
      const run = promisify(execFile)
      await run(process.execPath, check, { env: { PORT: new URL(url).port } })
      await expect(run(process.execPath, check, { env: { PORT: '1' } })).rejects.toMatchObject({ code: 1 })
    } finally {
      launched.signal('SIGTERM')
      expect(await launched.ended).toEqual({ code: 0, signal: null })
    }
  }, 180_000)
})
