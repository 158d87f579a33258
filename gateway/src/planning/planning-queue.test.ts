import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { pino } from 'pino'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { createPlanner, type Planner } from './planner.ts'
import { PlanningQueue } from './planning-queue.ts'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])'
const opened: Planner[] = []

function composed(parts: Readonly<Record<string, string>>): string {
  const services = Object.entries(parts).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(`${link} ${sdl}`),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.join('\n'))
  return supergraphSdl
}

async function planner(kind: 'hive' | 'apollo', sdl: string, deadlineMs = 20_000): Promise<Planner> {
  const made = await createPlanner({ sdl, kind, deadlineMs, log: pino({ level: 'silent' }) })
  opened.push(made)
  return made
}

function ask(on: Planner, document: string) {
  return on.plan({ document, operationName: undefined, overrideLabels: new Set(), overridePercentage: 0 })
}

afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
})

/** A chain of entities through three subgraphs, and an operation over it that takes a planner long. */
function longGraph() {
  const size = 30
  const parts = ['', '', '']
  for (let index = 0; index < size; index++) {
    const next = `T${(index + 1) % size}`
    for (let part = 0; part < parts.length; part++) {
      parts[part] += ` type T${index} @key(fields: "id") { id: ID! f${part}: Int next: ${next} @shareable }`
    }
  }
  let selection = 'f0'
  for (let depth = 0; depth < 24; depth++) selection = `f0 f1 f2 next { ${selection} }`
  const fields = Array.from({ length: 30 }, (_, index) => `a${index}: t { ${selection} }`).join(' ')
  const [a, b, c] = parts
  return {
    supergraph: composed({ a: `type Query { t: T0 } ${a}`, b: b ?? '', c: c ?? '' }),
    document: `{ ${fields} }`,
  }
}

describe.each([
  ['hive', 60],
  ['apollo', 1_000],
] as const)('a plan of %s that takes too long', (kind, deadlineMs) => {
  test('is given up at the deadline, the event loop runs on, and the next one is planned', async () => {
    const { supergraph, document } = longGraph()
    const slow = await planner(kind, supergraph, deadlineMs)
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    try {
      await expect(ask(slow, document)).rejects.toMatchObject({ extensions: { code: 'DEADLINE_EXCEEDED' } })
    } finally {
      clearInterval(turning)
    }
    expect(turns).toBeGreaterThan(3)
    const next = await vi.waitFor(() => ask(slow, '{ t { f0 } }'), { timeout: 20_000 })
    expect(next.root).toMatchObject({ kind: 'fetch', subgraph: 'a' })
  })

  test('rejects when the planner is closed, and so does every later one', async () => {
    const { supergraph, document } = longGraph()
    const closing = await planner(kind, supergraph)
    const outcome = expect(ask(closing, document)).rejects.toThrow('closed')
    await closing.close()
    await outcome
    await expect(ask(closing, '{ t { f0 } }')).rejects.toThrow('closed')
  })
})

/** Version 0.0.38 of Hive's planner panics over `output`, which ends the process that it runs in. */
const deadly = composed({
  a: 'type Query { c: C } type C @key(fields: "id", resolvable: false) { id: ID! }',
  b: 'type C @key(fields: "id") @key(fields: "x y") { id: ID! x: ID! y: ID! input: Int }',
  c: `type C @key(fields: "id") @key(fields: "x y") { id: ID! x: ID! y: ID!
    input: Int @external output: Int @requires(fields: "input") }`,
})

function watched(sdl: string) {
  const deaths: (string | undefined)[] = []
  const queue = new PlanningQueue({
    engine: 'hive',
    sdl,
    deadlineMs: 20_000,
    onDeath: (_, request) => deaths.push(request?.document),
  })
  const plan = (document: string) => queue.plan({ document, overrideLabels: [], overridePercentage: 100 })
  return { queue, deaths, plan }
}

describe("an operation that ends the process of Hive's planner", () => {
  test('is told from what was under way beside it, and never sent there again', async () => {
    const { queue, deaths, plan } = watched(deadly)
    try {
      await queue.start()
      const [killer, before, after] = await Promise.allSettled(
        ['{ c { output } }', '{ c { id } }', '{ c { x } }'].map(plan),
      )
      expect(killer).toMatchObject({ reason: { name: 'PlanningFailed' } })
      expect([before?.status, after?.status]).toEqual(['fulfilled', 'fulfilled'])
      expect(deaths.at(-1)).toBe('{ c { output } }')
      const count = deaths.length
      await expect(plan('{ c { output } }')).rejects.toThrow('died of this operation before')
      expect(deaths).toHaveLength(count)
    } finally {
      await queue.close()
    }
  })

  test("is planned by Apollo's, one line in the log says so, and others are planned as before", async () => {
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    const both = await createPlanner({ sdl: deadly, kind: 'hive', deadlineMs: 20_000, log })
    opened.push(both)
    expect(await ask(both, '{ c { output } }')).toMatchObject({ root: { kind: 'sequence' } })
    expect(await ask(both, '{ c { x } }')).toMatchObject({ root: { kind: 'sequence' } })
    await ask(both, '{ c { output } }')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('panicked at')
  })
})

test('a planner that nobody closed does not keep the process alive', async () => {
  const script = `
    import { readFileSync } from 'node:fs'
    const { createPlanner } = await import(${JSON.stringify(new URL('./planner.ts', import.meta.url).href)})
    const planner = await createPlanner({ sdl: readFileSync(0, 'utf8'), kind: 'hive', deadlineMs: 20000, log: console })
    const operation = { operationName: undefined, overrideLabels: new Set(), overridePercentage: 0 }
    const { root } = await planner.plan({ ...operation, document: '{ t { id ... @defer { f1 } } }' })
    process.stdout.write(root.kind)`
  const running = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 20_000,
  })
  const { supergraph } = longGraph()
  running.child.stdin?.end(supergraph)
  expect((await running).stdout).toBe('defer')
})

describe("the process of Hive's planner", () => {
  /** A program that opens a planner, tells the id of its process, and then does `rest`. */
  function opener(rest: string, environment = process.env) {
    const script = `
      import { readFileSync } from 'node:fs'
      const { openProcess } = await import(${JSON.stringify(new URL('./open-process.ts', import.meta.url).href)})
      const host = openProcess({ engine: 'hive', sdl: readFileSync(0, 'utf8') }, { onAnswer() {}, onEnd() {} })
      await host.ready
      const children = '/proc/' + process.pid + '/task/' + process.pid + '/children'
      process.stdout.write(readFileSync(children, 'utf8').trim())
      ${rest}`
    const running = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 20_000,
      env: environment,
    })
    running.child.stdin?.end(deadly)
    return running
  }
  const isThere = (id: string) => {
    try {
      process.kill(Number(id), 0)
      return true
    } catch {
      return false
    }
  }

  test.skipIf(process.platform !== 'linux')(
    'goes with the one that opened it, however that dies',
    async () => {
      const ended = await opener("process.kill(process.pid, 'SIGKILL')").catch((error) => error)
      expect(ended.signal).toBe('SIGKILL')
      expect(ended.stdout).toMatch(/^\d+$/)
      await vi.waitFor(() => expect(isThere(ended.stdout)).toBe(false), { timeout: 10_000 })
    },
  )

  test.skipIf(process.platform !== 'linux')('is gone when it was closed', async () => {
    const { stdout } = await opener(
      "await host.end(); process.kill(Number(readFileSync(children, 'utf8') || process.pid), 0)",
    )
    expect(isThere(stdout)).toBe(false)
  })

  test('sees nothing of the environment', async () => {
    const { stdout } = await opener(
      "process.stdout.write(' ' + readFileSync('/proc/' + readFileSync(children, 'utf8').trim() + '/environ', 'utf8').includes('PATH')); await host.end()",
    )
    expect(stdout).toMatch(/ false$/)
  })

  test('keeps what it compiled where its opener does, so that the next one starts from it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'headcount-compiled-'))
    try {
      // Ended only when something is there: a folder for the binary's version within the opener's own.
      const { stdout } = await opener(
        `const { readdirSync } = await import('node:fs')
        const { getCompileCacheDir } = await import('node:module')
        const kept = () => readdirSync(getCompileCacheDir(), { recursive: true }).filter((path) => /^v\\d.*\\/\\w+$/.test(path))
        while (kept().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
        await host.end()`,
        { ...process.env, NODE_COMPILE_CACHE: folder },
      )
      expect(stdout).toMatch(/^\d+$/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
