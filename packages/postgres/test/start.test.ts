import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeCluster, startCluster } from '../src/index.ts'
import { query, withDataDirectory } from './harness.ts'

test('data survive a stop and a start, on the same port', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const first = await startCluster({ dataDirectory })
    await query(first.url('postgres'), 'CREATE TABLE scan AS SELECT 42 AS id')
    await first.stop()
    const second = await startCluster({ dataDirectory })
    expect(second.url('postgres')).toBe(first.url('postgres'))
    expect(await query(second.url('postgres'), 'SELECT id FROM scan')).toEqual([{ id: 42 }])
    await second.stop()
  })
})

test('what is committed is on the disk, text sorts by code point, names of time zones are known', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const cluster = await startCluster({ dataDirectory })
    const [row] = await query(
      cluster.url('postgres'),
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('full_page_writes') AS pages, current_setting('max_connections') AS connections,
              pg_encoding_to_char(encoding) AS encoding, lower('É') AS lower, 'Z' < 'a' AS sorted,
              (timestamptz '2026-07-01T12:00:00Z' AT TIME ZONE 'Europe/Vienna')::text AS vienna
         FROM pg_database WHERE datname = 'postgres'`,
    )
    expect(row).toEqual({
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      connections: '240',
      encoding: 'UTF8',
      lower: 'é',
      sorted: true,
      vienna: '2026-07-01 14:00:00',
    })
    await cluster.stop()
  })
})

test('only loopback and only with the password, which nobody else can read', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const cluster = await startCluster({ dataDirectory, durable: false })
    const [row] = await query(
      cluster.url('postgres'),
      `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets`,
    )
    expect(row).toEqual({ listen: '127.0.0.1', sockets: '' })
    const wrong = new URL(cluster.url('postgres'))
    wrong.password = 'wrong'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(dataDirectory, 'postgres.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDirectory, 'cluster')).mode & 0o777).toBe(0o700)
    expect(readdirSync(dataDirectory).filter((name) => name.includes('password'))).toEqual([])
    await cluster.stop()
  })
})

test('when the port of the last start is taken another one is used', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const first = await startCluster({ dataDirectory, durable: false })
    await first.stop()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    const second = await startCluster({ dataDirectory, durable: false })
    expect(second.port).not.toBe(first.port)
    await second.stop()
    squatter.close()
  })
})

test('a first start that was broken off is begun anew', async () => {
  await withDataDirectory(async (dataDirectory) => {
    mkdirSync(join(dataDirectory, 'cluster.partial/base'), { recursive: true })
    const cluster = await startCluster({ dataDirectory, durable: false })
    expect(existsSync(join(dataDirectory, 'cluster.partial'))).toBe(false)
    await cluster.stop()
  })
})

test('data of another version of Postgres are refused and left alone', async () => {
  await withDataDirectory(async (dataDirectory) => {
    await (await startCluster({ dataDirectory, durable: false })).stop()
    writeFileSync(join(dataDirectory, 'cluster/PG_VERSION'), '17\n')
    await expect(startCluster({ dataDirectory })).rejects.toMatchObject({
      code: 'OTHER_VERSION',
      message: expect.stringMatching(/were written by Postgres 17, this is 18/),
    })
    expect(existsSync(join(dataDirectory, 'cluster/base'))).toBe(true)
  })
})

test('a server that cannot start says why in one line, and the data directory is free again', async () => {
  await withDataDirectory(async (dataDirectory) => {
    await (await startCluster({ dataDirectory, durable: false })).stop()
    const file = join(dataDirectory, 'cluster/postgresql.conf')
    const settings = readFileSync(file, 'utf8')
    writeFileSync(file, 'no_such_setting = 1\n')
    const failure = await startCluster({ dataDirectory }).catch((error: Error) => error)
    expect(failure).toMatchObject({ code: 'START_FAILED' })
    expect((failure as Error).message).toMatch(/^Postgres could not start in .*: .*no_such_setting.*$/)
    expect((failure as Error).message).not.toContain('\n')
    writeFileSync(file, settings)
    await (await startCluster({ dataDirectory, durable: false })).stop()
  })
})

test('a removed cluster is gone, and other files of the data directory are not', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const cluster = await startCluster({ dataDirectory, durable: false })
    writeFileSync(join(dataDirectory, 'keys.json'), '{}')
    cluster.destroy()
    expect(readdirSync(dataDirectory)).toEqual(['keys.json'])
    expect(removeCluster(dataDirectory)).toBe(false)
    await expect(query(cluster.url('postgres'), 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  })
})
