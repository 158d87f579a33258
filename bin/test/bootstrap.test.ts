import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clone, createClone } from './clone.ts'

const start = [process.execPath, 'bin/bootstrap.mjs', 'start']

let clone: Clone

beforeEach(() => {
  clone = createClone()
})

afterEach(() => clone.dispose())

async function run(command: readonly string[], env?: Record<string, string>) {
  return clone.start(command, env).ended
}

describe('preparing', () => {
  it('installs, generates and builds on a fresh clone, says so, and starts the demo with the options given', async () => {
    const { code, out } = await run([...start, '--port', '5000'])
    expect(out).toMatch(/Installing packages[\s\S]*Generating[\s\S]*Building the dashboard/)
    expect(out).toContain(`up up --demo --port 5000 in ${clone.root}`)
    expect(code).toBe(0)
    expect(clone.prepared()).toEqual(['install', 'generate', 'dashboard'])
  })

  it('does none of it the second time, and takes less than a second', async () => {
    await run(start)
    clone.prepared()
    const tookMs: number[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const beganMs = performance.now()
      const { out } = await run(start)
      tookMs.push(performance.now() - beganMs)
      expect(out).toMatch(/^up up/)
    }
    // The machine may be busy with something else at one of them.
    expect(Math.min(...tookMs)).toBeLessThan(1000)
    expect(clone.prepared()).toEqual([])
  })

  it.each([
    ['a package file', 'packages/ids/package.json', '{ "name": "x" }', ['install']],
    ['a package file of an example', 'examples/two-subgraphs/package.json', '{ "name": "x" }', ['install']],
    ['the lockfile', 'pnpm-lock.yaml', 'x', ['install']],
    ['a schema', 'subgraphs/events/prisma/schema.prisma', 'model B {}', ['generate']],
    ['a page', 'dashboard/src/page.ts', 'x', ['dashboard']],
    ['nothing that counts', 'README.md', 'x', []],
  ])('does again what depends on %s', async (_what, path, text, expected) => {
    await run(start)
    clone.prepared()
    clone.write(path, text)
    await run(start)
    expect(clone.prepared()).toEqual(expected)
  })

  it('lets a second start wait for the first, and prepares once', async () => {
    const [one, two] = await Promise.all([run(start, { SLEEP_S: '1' }), run(start, { SLEEP_S: '1' })])
    expect(`${one.out}${two.out}`).toContain('Another start is preparing this clone')
    expect([one.code, two.code]).toEqual([0, 0])
    expect(clone.prepared()).toEqual(['install', 'generate', 'dashboard'])
  })

  it('takes over from a start that was killed while it prepared', async () => {
    clone.write('.headcount/bootstrap.lock', '')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(join(clone.root, '.headcount/bootstrap.lock'), longAgo, longAgo)
    expect(await run(start)).toMatchObject({ code: 0 })
  })
})

describe('what stops it', () => {
  it.each([
    ['getaddrinfo ENOTFOUND registry', 'The package registry cannot be reached: check the network'],
    ['EACCES: permission denied, mkdir', 'A folder is not writable for this user'],
    ['ENOSPC: no space left', 'The disk is full'],
    ['ERR_PNPM_OUTDATED_LOCKFILE', 'pnpm-lock.yaml does not fit package.json'],
    ['something odd', 'It stopped here: see above. (`npx -y pnpm@'],
  ])('is told in one line with what to do: %s', async (says, told) => {
    const { code, out } = await run(start, { SAYS: says })
    expect(code).toBe(1)
    expect(out.trimEnd().split('\n').at(-1)).toContain(told)
  })

  it('is a missing npx, by name', async () => {
    const { code, out } = await run(start, { PATH: '/nowhere' })
    expect(code).toBe(1)
    expect(out).toContain('npx was not found: install npm')
  })

  it('prepares again after a failure', async () => {
    await run(start, { SAYS: 'ENOTFOUND' })
    expect(await run(start)).toMatchObject({ code: 0 })
  })
})

describe('signals', () => {
  const linger = { LINGER_MS: '20000' }

  async function startAndWait(env: Record<string, string> = {}) {
    await run(start)
    const started = clone.start(start, { ...linger, ...env })
    await new Promise((resolve) => started.child.stdout?.once('data', resolve))
    return started
  }

  it('reach the platform once when npm repeats the terminal’s Ctrl-C; its drain is awaited, its code kept', async () => {
    const { child, ended } = await startAndWait()
    child.kill('SIGINT')
    await setTimeout(50)
    child.kill('SIGINT')
    const { code, out } = await ended
    expect(out).toContain('SIGINT 1\ndrained')
    expect(out).not.toContain('SIGINT 2')
    expect(code).toBe(7)
  })

  it('reach it again when a person insists', async () => {
    const { child, ended } = await startAndWait()
    child.kill('SIGINT')
    await setTimeout(800)
    child.kill('SIGINT')
    expect((await ended).out).toContain('SIGINT 1\nSIGINT 2')
  })

  it('stop it when the terminal closes', async () => {
    const { child, ended } = await startAndWait()
    child.kill('SIGHUP')
    expect(await ended).toMatchObject({ code: 7, out: expect.stringContaining('SIGTERM 1\ndrained') })
  })

  it('stop it when npm is killed, which tells nobody', async () => {
    await run(start)
    // This shell is npm: it stays while the start runs, and dies without a word.
    const npm = ['sh', '-c', '"$0" "$@" & wait', ...start]
    const { child, ended } = clone.start(npm, { ...linger, npm_lifecycle_event: 'start' })
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    child.kill('SIGKILL')
    expect((await ended).out).toContain('SIGTERM 1\ndrained')
  })
})

describe('bin/headcount', () => {
  it('prepares without a word on stdout and becomes the command, in the folder it was called from', async () => {
    const { child, ended } = clone.start([
      'sh',
      '-c',
      'cd / && "$0" schema check',
      `${clone.root}/bin/headcount`,
    ])
    let stdout = ''
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
    })
    expect(await ended).toMatchObject({ code: 0 })
    expect(stdout).toBe('up schema check in /\n')
    expect(clone.prepared()).toEqual(['install', 'generate'])
  })

  it('builds the dashboard for the command that shows it', async () => {
    await run([`${clone.root}/bin/headcount`, 'up'])
    expect(clone.prepared()).toEqual(['install', 'generate', 'dashboard'])
  })
})
