import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readServersConfig, type ServersConfig } from './config.ts'
import { cachedPath, findServer } from './find-server.ts'

let folder: string
let config: ServersConfig
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-find-'))
  config = readServersConfig({ PATH: `${folder}/one:${folder}/two`, XDG_CACHE_HOME: `${folder}/cache` })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function script(path: string, body: string, mode = 0o755): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, mode)
  return path
}

test('a server on PATH comes before the fetched one', async () => {
  const onPath = await script(`${folder}/two/nats-server`, 'echo "nats-server: v2.11.4"')
  await script(cachedPath('nats-server', config), 'echo "nats-server: v2.15.1"')
  expect(await findServer('nats-server', config)).toEqual({ path: onPath, version: '2.11.4' })
})

test.for([
  ['is too old', 'echo "nats-server: v2.9.10"', 0o755],
  ['fails', 'echo "nats-server: v2.15.1"; exit 1', 0o755],
  ['says nothing', 'true', 0o755],
  ['may not be run', 'echo "nats-server: v2.15.1"', 0o644],
] as const)('one that %s is passed over', async ([, body, mode]) => {
  await script(`${folder}/one/nats-server`, body, mode)
  expect(await findServer('nats-server', config)).toBeUndefined()
  const fetched = await script(cachedPath('nats-server', config), 'echo "nats-server: v2.15.1"')
  expect(await findServer('nats-server', config)).toEqual({ path: fetched, version: '2.15.1' })
})

test('a Redis will do for Valkey, a Valkey before it is better', async () => {
  const redis = await script(`${folder}/one/redis-server`, 'echo "Redis server v=7.0.15 sha=00000000:0"')
  expect(await findServer('valkey-server', config)).toEqual({ path: redis, version: '7.0.15' })
  const valkey = await script(`${folder}/two/valkey-server`, 'echo "Valkey server v=8.1.8 sha=00000000:0"')
  expect(await findServer('valkey-server', config)).toEqual({ path: valkey, version: '8.1.8' })
})

test('the cache lies where XDG says, else below the home directory', () => {
  expect(config.cacheDirectory).toBe(`${folder}/cache/headcount/servers`)
  expect(readServersConfig({}).cacheDirectory).toMatch(/\/\.cache\/headcount\/servers$/)
})
