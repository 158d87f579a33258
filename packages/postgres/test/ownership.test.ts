import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { removeCluster, startCluster, stopCluster } from '../src/index.ts'
import { end, query, serverPid, spawnOwner, withDataDirectory } from './harness.ts'

test('after its owner is killed the server goes on, and the next start adopts it with all data', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const { owner, report } = await spawnOwner(dataDirectory)
    expect(report.isAdopted).toBe(false)
    await query(report.url, 'CREATE TABLE scan AS SELECT 42 AS id')
    const pid = serverPid(join(dataDirectory, 'cluster'))
    await end(owner, 'SIGKILL')

    const cluster = await startCluster({ dataDirectory })
    expect(cluster.isAdopted).toBe(true)
    expect(cluster.url('postgres')).toBe(report.url)
    expect(serverPid(join(dataDirectory, 'cluster'))).toBe(pid)
    expect(await query(cluster.url('postgres'), 'SELECT id FROM scan')).toEqual([{ id: 42 }])

    await cluster.stop()
    await expect(query(report.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  })
})

test('Ctrl-C reaches the owner but not the server, so that the owner can shut down in order', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const { owner, report } = await spawnOwner(dataDirectory)
    await end(owner, 'SIGINT')
    await sleep(200)
    expect(await query(report.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

test('a second start on a data directory in use is refused, names the owner and does not disturb it', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const { owner, report } = await spawnOwner(dataDirectory)
    const message = `The data directory ${dataDirectory} is in use by the process ${owner.pid}: stop it first, or choose another directory with --data`
    await expect(startCluster({ dataDirectory })).rejects.toMatchObject({ code: 'OWNED', message })
    expect(() => removeCluster(dataDirectory)).toThrow(message)
    expect(await query(report.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await end(owner, 'SIGKILL')
  })
})

test('a second start in the same process is refused too, and allowed after the stop', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const first = await startCluster({ dataDirectory, durable: false })
    await expect(startCluster({ dataDirectory })).rejects.toMatchObject({ code: 'OWNED' })
    await first.stop()
    const second = await startCluster({ dataDirectory })
    expect(second.isAdopted).toBe(false)
    await second.stop()
  })
})

test('of five processes that start at once over a dead owner exactly one wins', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const { owner } = await spawnOwner(dataDirectory)
    await end(owner, 'SIGKILL')
    const owners = await Promise.all(Array.from({ length: 5 }, () => spawnOwner(dataDirectory)))
    const codes = owners.map(({ report }) => report.code ?? 'won').sort()
    expect(codes).toEqual(['OWNED', 'OWNED', 'OWNED', 'OWNED', 'won'])
    const winner = owners.find(({ report }) => !report.code)
    if (winner) await end(winner.owner, 'SIGKILL')
  })
})

test('an owner file whose process id now belongs to another process does not keep anyone out', async () => {
  await withDataDirectory(async (dataDirectory) => {
    writeFileSync(
      join(dataDirectory, 'owner.json'),
      JSON.stringify({ pid: process.ppid, identity: 'earlier' }),
    )
    const cluster = await startCluster({ dataDirectory, durable: false })
    await cluster.stop()
  })
})

test('a postmaster.pid that names another program is put away', async () => {
  await withDataDirectory(async (dataDirectory) => {
    await (await startCluster({ dataDirectory, durable: false })).stop()
    const pidFile = [
      process.pid,
      join(dataDirectory, 'cluster'),
      0,
      1,
      '',
      '127.0.0.1',
      '',
      'ready',
      '',
    ].join('\n')
    writeFileSync(join(dataDirectory, 'cluster/postmaster.pid'), pidFile, { mode: 0o600 })
    const cluster = await startCluster({ dataDirectory, durable: false })
    expect(cluster.isAdopted).toBe(false)
    expect(serverPid(join(dataDirectory, 'cluster'))).not.toBe(process.pid)
    await cluster.stop()
  })
})

test('a server that was killed is started again with what was committed', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const { owner, report } = await spawnOwner(dataDirectory)
    await query(report.url, 'CREATE TABLE scan AS SELECT 42 AS id')
    process.kill(serverPid(join(dataDirectory, 'cluster')), 'SIGKILL')
    await end(owner, 'SIGKILL')
    const cluster = await startCluster({ dataDirectory })
    expect(cluster.isAdopted).toBe(false)
    expect(await query(cluster.url('postgres'), 'SELECT id FROM scan')).toEqual([{ id: 42 }])
    await cluster.stop()
  })
})

test('stopCluster ends a server that a dead owner left, and is content when there is none', async () => {
  await withDataDirectory(async (dataDirectory) => {
    const { owner, report } = await spawnOwner(dataDirectory)
    await end(owner, 'SIGKILL')
    await stopCluster(dataDirectory)
    await expect(query(report.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
    expect(readFileSync(join(dataDirectory, 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    )
    await stopCluster(dataDirectory)
  })
})
