import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runFixture } from './run-fixture.ts'

const SETUP = join(import.meta.dirname, '../../packages/database/testing/global-setup.ts')

// Its own temporary folder, so that what is left behind can be seen.
let temporary: string

beforeEach(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'run-'))
  await chmod(temporary, 0o711)
})

afterEach(() => {
  rmSync(temporary, { recursive: true, force: true })
})

const run = (name: string, env = {}) => runFixture(name, { FIXTURE_SETUP: SETUP, TMPDIR: temporary, ...env })

const left = () => readdirSync(temporary).filter((name) => name.startsWith('headcount-'))

const serverOf = (output: string) => /SERVER (postgres:\S+)/.exec(output)?.[1]

async function answers(url: string | undefined): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

test('two runs at once have a server each, and nothing remains of either', async () => {
  const runs = [run('connects'), run('connects')]
  expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([0, 0])
  const servers = runs.map(({ output }) => serverOf(output()))
  expect(new Set(servers).size).toBe(2)
  expect(await Promise.all(servers.map(answers))).toEqual([false, false])
  expect(left()).toEqual([])
})

test('a server that is named already is used, and not ended', async () => {
  const named = process.env.HEADCOUNT_TEST_POSTGRES
  const { ended, output } = run('connects', { HEADCOUNT_TEST_POSTGRES: named })
  expect(await ended).toBe(0)
  expect(serverOf(output())).toBe(named)
  expect(await answers(named)).toBe(true)
})

test.each(['SIGINT', 'SIGTERM'] as const)('nothing remains of a run that is ended by %s', async (signal) => {
  const { process: child, ended, output } = run('hangs')
  await expect.poll(() => serverOf(output()), { timeout: 20_000 }).toBeDefined()
  child.kill(signal)
  expect(await ended).not.toBe(0)
  expect(await answers(serverOf(output()))).toBe(false)
  expect(left()).toEqual([])
})

test('what a killed run left behind is removed by the next one', async () => {
  const killed = run('hangs')
  await expect.poll(() => serverOf(killed.output()), { timeout: 20_000 }).toBeDefined()
  killed.process.kill('SIGKILL')
  await killed.ended
  expect(left()).toHaveLength(1)
  expect(await run('connects').ended).toBe(0)
  expect(await answers(serverOf(killed.output()))).toBe(false)
  expect(left()).toEqual([])
})
