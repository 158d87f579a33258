import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeCluster, startCluster } from '../src/index.ts'
import { end, query, spawnOwner, withDataDirectory } from './harness.ts'

// What only root can arrange. An ordinary user's own way is what all the other tests take when he runs them.
const isRoot = process.getuid?.() === 0
// daemon, an account of every Linux: initdb wants its user to have a name.
const USER = { uid: 1, gid: 1 }
const NOBODY_UID = 65_534

if (isRoot) {
  test('started by root the server runs as nobody', async () => {
    await withDataDirectory(async (dataDirectory) => {
      const cluster = await startCluster({ dataDirectory, durable: false })
      expect(statSync(join(dataDirectory, 'cluster')).uid).toBe(NOBODY_UID)
      await cluster.stop()
    })
  })

  test('started by an ordinary user the server runs as that user', async () => {
    await withDataDirectory(async (dataDirectory) => {
      chownSync(dataDirectory, USER.uid, USER.gid)
      const { owner, report } = await spawnOwner(dataDirectory, USER)
      expect(report.message).toBeUndefined()
      expect(await query(report.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      expect(statSync(join(dataDirectory, 'cluster')).uid).toBe(USER.uid)
      await end(owner, 'SIGKILL')
    })
  })

  test('a user id without a name, which initdb refuses, is a clear error', async () => {
    await withDataDirectory(async (dataDirectory) => {
      chownSync(dataDirectory, 12_345, 12_345)
      const { report } = await spawnOwner(dataDirectory, { uid: 12_345, gid: 12_345 })
      expect(report.code).toBe('UNSUPPORTED_PLATFORM')
      expect(report.message).toContain(
        'the user it runs as has no name on this system: add one to /etc/passwd',
      )
    })
  })

  test('below a folder that nobody cannot enter the data lie elsewhere, are found again and can be removed', async () => {
    await withDataDirectory(async (parent) => {
      chmodSync(parent, 0o700)
      const dataDirectory = join(parent, 'data')
      const first = await startCluster({ dataDirectory, durable: false })
      const { folder } = JSON.parse(readFileSync(join(dataDirectory, 'postgres.json'), 'utf8')) as {
        folder: string
      }
      expect(folder.startsWith(parent)).toBe(false)
      expect(readFileSync(join(folder, 'belongs-to'), 'utf8')).toBe(`${dataDirectory}\n`)
      await query(first.url('postgres'), 'CREATE TABLE scan AS SELECT 42 AS id')
      await first.stop()
      const second = await startCluster({ dataDirectory, durable: false })
      expect(await query(second.url('postgres'), 'SELECT id FROM scan')).toEqual([{ id: 42 }])
      await second.stop()
      removeCluster(dataDirectory)
      expect(existsSync(folder)).toBe(false)
    })
  })

  test('data elsewhere whose data directory is gone are pointed out when the next cluster is made, and kept', async () => {
    await withDataDirectory(async (parent) => {
      chmodSync(parent, 0o700)
      const dataDirectory = join(parent, 'data')
      await (await startCluster({ dataDirectory, durable: false })).stop()
      const { folder } = JSON.parse(readFileSync(join(dataDirectory, 'postgres.json'), 'utf8')) as {
        folder: string
      }
      rmSync(dataDirectory, { recursive: true })
      const told: string[] = []
      const next = await startCluster({
        dataDirectory,
        durable: false,
        onProgress: (step) => told.push(step),
      })
      next.destroy()
      expect(told).toContain(
        `${folder} holds the data of a folder that is gone: remove it if you do not miss them`,
      )
      expect(existsSync(join(folder, 'cluster'))).toBe(true)
      rmSync(folder, { recursive: true })
    })
  })

  test("another user's data directory is refused in one line, whoever asks", async () => {
    await withDataDirectory(async (parent) => {
      chmodSync(parent, 0o755)
      const dataDirectory = join(parent, 'data')
      mkdirSync(dataDirectory)
      chownSync(dataDirectory, USER.uid, USER.gid)
      const other = await spawnOwner(dataDirectory, { uid: 2, gid: 2 })
      expect(other.report).toEqual({
        code: 'FOREIGN_DIRECTORY',
        message: `The data directory ${dataDirectory} belongs to the user 1, not to 2: start as that user, or choose another directory with --data`,
      })

      const { owner } = await spawnOwner(dataDirectory, USER)
      await end(owner, 'SIGKILL')
      const adopted = await startCluster({ dataDirectory })
      expect(adopted.isAdopted).toBe(true)
      await adopted.stop()
      await expect(startCluster({ dataDirectory })).rejects.toMatchObject({
        code: 'FOREIGN_DIRECTORY',
        message: expect.stringContaining('belong to the user 1, but the server would run as 65534'),
      })
    })
  })
}
