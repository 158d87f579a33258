import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate, openDatabase } from '@headcount/database'
import { createTestDatabase } from '@headcount/database/testing'
import { startCluster } from '@headcount/postgres'
import type { PublishAnswer } from '@headcount/registry-api'
import { expect, it } from 'vitest'
import { ask, events, prismaDirectory, sdl, startRegistry, type TestRegistry } from './harness.ts'
import type { Arm } from './killed-registry.ts'

const program = join(import.meta.dirname, 'killed-registry.ts')

async function start(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(program, [databaseUrl])
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  return { child, url }
}

async function arm(child: ChildProcess, killAt: Arm['killAt'], signal?: Arm['signal']): Promise<void> {
  child.send({ killAt, signal })
  await once(child, 'message')
}

/** A subgraph whose text is of one round alone. */
const round = (number: number | string) => ({
  subgraphs: [
    {
      name: 'rounds',
      url: 'http://rounds.test',
      sdl: sdl(`type Query { round${number}: Int @tag(name: "public") }`),
    },
  ],
})

interface Stored {
  numbers: number[]
  live: number
  incomplete: number[]
}

/** What is stored: every version's number, and those that lack a part. */
async function stored({ database }: Pick<TestRegistry, 'database'>): Promise<Stored> {
  const rows = await database.query<{ number: number; whole: boolean; live: number }>(
    `SELECT v.number, l.number AS live,
            (SELECT count(*) FROM texts WHERE hash IN (v.supergraph_hash, v.api_hash)) = 2
            AND (SELECT count(*) FROM version_subgraphs s JOIN texts t ON t.hash = s.schema_hash WHERE s.number = v.number) = 2
            AND (SELECT count(*) FROM version_contracts c WHERE c.number = v.number AND c.supergraph_hash IS NOT NULL) = 1
            AND (SELECT count(*) FROM live_times t WHERE t.number = v.number) = 1
            AND (SELECT count(*) FROM audit_entries a WHERE a.subject = v.number::text) = 1 AS whole
       FROM versions v CROSS JOIN live l WHERE v.number > 1 ORDER BY v.number`,
  )
  return {
    numbers: rows.map(({ number }) => number),
    live: rows[0]?.live ?? 1,
    incomplete: rows.filter(({ whole }) => !whole).map(({ number }) => number),
  }
}

it('killed in any phase of a publish, it has published all or nothing, and a retry makes exactly one version', async () => {
  const testDatabase = await createTestDatabase(prismaDirectory)
  const other = await startRegistry({ testDatabase })
  await other.call('PUT', '/contracts/apps', { body: { include: ['public'] } })
  await other.call('POST', '/versions', { body: round(0) })
  await other.publish({ name: 'events', sdl: events })
  // Watchers in another process than the one that is killed: the graph's and a contract's.
  const seen: string[] = []
  const seenByApps: string[] = []
  other.registry.supergraph().watch(({ sdl }) => seen.push(sdl))
  other.registry.supergraph('apps').watch(({ sdl }) => seenByApps.push(sdl))

  // The transaction of this publish: from BEGIN's follower to NOTIFY and COMMIT, then reading the answer.
  const phases: Arm['killAt'][] = ['base', 'composing', ...Array.from({ length: 14 }, (_, index) => index)]
  let { numbers } = await stored(other)
  let afterCommit = 0
  let { child, url } = await start(testDatabase.url)
  for (const [index, phase] of phases.entries()) {
    const body = round(index + 1)
    await arm(child, phase)
    const ended = once(child, 'exit')
    const first = ask<PublishAnswer>(`${url}/versions`, 'POST', { body }).catch(() => undefined)
    const answered = await Promise.race([ended.then(() => undefined), first])
    if (answered) {
      // Beyond the last statement of a publish: there is no phase left.
      expect(index).toBeGreaterThan(13)
      break
    }
    expect((await ended)[1]).toBe('SIGKILL')
    await sleep(200)
    const between = await stored(other)
    expect(between.incomplete, `phase ${phase}`).toEqual([])
    const isPublished = between.numbers.length > numbers.length
    if (isPublished) afterCommit += 1
    expect(between.live).toBe(between.numbers.at(-1))
    ;({ child, url } = await start(testDatabase.url))
    const retried = await ask<PublishAnswer>(`${url}/versions`, 'POST', { body })
    expect(retried).toMatchObject({
      status: 200,
      json: { isUnchanged: isPublished, version: { isLive: true } },
    })
    const after = await stored(other)
    expect(after.numbers, `phase ${phase}`).toEqual([...numbers, (numbers.at(-1) ?? 0) + 1])
    expect(after.incomplete).toEqual([])
    numbers = after.numbers
  }
  child.disconnect()
  expect(afterCommit).toBeGreaterThan(0)

  await expect.poll(() => seen.at(-1)?.includes('round'), { timeout: 5_000 }).toBe(true)
  const good = await other.database.query<{ text: string }>(
    `SELECT text FROM texts WHERE hash IN (SELECT supergraph_hash FROM versions UNION SELECT supergraph_hash FROM version_contracts)`,
  )
  const texts = new Set(good.map(({ text }) => text))
  expect([...seen, ...seenByApps].filter((text) => !texts.has(text))).toEqual([])
  expect(seen.length).toBeGreaterThan(10)
  await other.stop()
  await testDatabase.drop()
}, 400_000)

it('a process that stands still in the middle of a publish holds up the others for seconds alone', async () => {
  const other = await startRegistry()
  await other.publish({ name: 'events', sdl: events })
  const { child, url } = await start(other.testDatabase.url)
  // It has the lock, and has written half of the version.
  await arm(child, 4, 'SIGSTOP')
  const halted = ask(`${url}/versions`, 'POST', { body: round('Halted') }).catch(() => 'broken off')
  await expect
    .poll(
      () => other.database.query("SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'"),
      { timeout: 10_000 },
    )
    .toHaveLength(1)
  const published = await other.call<PublishAnswer>('POST', '/versions', { body: round('Free') })
  expect(published).toMatchObject({ status: 200, json: { version: { number: 2, isLive: true } } })
  child.kill('SIGKILL')
  expect(await halted).toBe('broken off')
  expect((await other.call('GET', '/versions/3')).status).toBe(404)
  await other.stop()
}, 60_000)

it('serves on while the database is killed, says so, and goes on when it is back', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'headcount-registry-'))
  let cluster = await startCluster({ dataDirectory })
  const url = cluster.url('registry')
  await migrate({ url, directory: prismaDirectory })
  const test = await startRegistry({ testDatabase: { url, drop: async () => {} } })
  try {
    await test.publish({ name: 'events', sdl: events })
    const before = await test.call('GET', '/supergraph')
    const known = before.headers.get('etag') ?? ''
    const created = await test.call<{ secret: string }>('POST', '/tokens', {
      body: { name: 'gateway', scopes: ['schema:read'] },
    })
    const token = created.json.secret
    expect((await test.call('GET', '/supergraph', { token })).status).toBe(200)
    const texts: string[] = []
    const feed = test.registry.supergraph()
    await feed.first()
    feed.watch(({ sdl }) => texts.push(sdl))
    const poll = test.call('GET', '/supergraph?waitMs=50000', { token, headers: { 'if-none-match': known } })

    // While a publish is composed, its database dies.
    const publishing = test.call('POST', '/versions', { body: round('Lost') })
    const admin = openDatabase({ url })
    const [row] = await admin.query<{ pid: string }>(
      "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid",
    )
    await admin.close()
    process.kill(Number(row?.pid), 'SIGKILL')
    expect(await publishing).toMatchObject({ status: 503, json: { error: { code: 'UNAVAILABLE' } } })
    await expect.poll(() => test.registry.notReady(), { timeout: 10_000 }).toHaveLength(1)
    expect(await test.registry.metrics()).toContain('headcount_registry_listening 0')
    expect((await test.call('GET', '/supergraph', { token })).text).toBe(before.text)
    expect(await test.call('GET', '/versions', { token })).toMatchObject({
      status: 503,
      json: { error: { code: 'UNAVAILABLE', message: expect.stringContaining('what is live is served on') } },
    })
    expect((await test.call('GET', '/supergraph', { token: `hcr_${'u'.repeat(43)}` })).status).toBe(503)

    await cluster.stop().catch(() => {})
    cluster = await startCluster({ dataDirectory })
    expect(cluster.url('registry')).toBe(url)
    await expect.poll(() => test.registry.notReady(), { timeout: 15_000 }).toEqual([])
    // It may have been killed before the commit or after it: with the retry there is one version in any case.
    const retried = await test.call<PublishAnswer>('POST', '/versions', { body: round('Lost') })
    expect(retried).toMatchObject({ status: 200, json: { version: { number: 2, isLive: true } } })
    expect((await poll).text).toContain('roundLost')
    await expect.poll(() => texts.length).toBe(1)
    expect(texts[0]).toContain('roundLost')
  } finally {
    await test.stop()
    cluster.destroy()
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}, 120_000)
