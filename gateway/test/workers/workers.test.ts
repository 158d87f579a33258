import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'

const program = fileURLToPath(new URL('program.ts', import.meta.url))
const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function run(...args: (string | number)[]) {
  const child = spawn(process.execPath, [program, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  const port = async () => {
    await vi.waitFor(() => expect(text).toMatch(/^port \d+/), { timeout: 20_000, interval: 50 })
    return Number(/^port (\d+)/.exec(text)?.[1])
  }
  return { child, port, output: () => text, exit: once(child, 'exit') }
}

function ask(port: number, path: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    // A connection that is dealt to a worker in the moment of its death stays unanswered.
    const options = { host: '127.0.0.1', port, path, agent: agent ?? false, timeout: 2_000 }
    const request = get(options, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(text))
    })
    request.on('error', reject).on('timeout', () => request.destroy(new Error('no answer')))
  })
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** The processes that answer at a port. */
async function pidsAt(port: number): Promise<number[]> {
  const pids = await Promise.all(Array.from({ length: 12 }, () => ask(port, '/pid')))
  return [...new Set(pids.map(Number))]
}

test('connections are dealt out evenly, and stay with one worker', async () => {
  const { port: found } = run(4)
  const port = await found()
  const counts = new Map<string, number>()
  for (let connection = 0; connection < 48; connection++) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const pid = await ask(port, '/pid', agent)
    expect(await ask(port, '/pid', agent)).toBe(pid)
    agent.destroy()
    counts.set(pid, (counts.get(pid) ?? 0) + 1)
  }
  expect([...counts.values()]).toEqual([12, 12, 12, 12])
})

test('the numbers of all workers are one text, whichever is asked, and so is what they lack', async () => {
  const { port: found } = run(2)
  const port = await found()
  for (let request = 0; request < 10; request++) await ask(port, '/pid')
  const text = await ask(port, '/metrics')
  expect(text).toContain('requests 11\n')
  expect(text.match(/# TYPE requests counter/g)).toHaveLength(1)
  expect(text).toContain('headcount_gateway_workers 2')
  expect(text).toContain('headcount_gateway_worker_restarts_total 0')
  expect(await ask(port, '/problems')).toBe('[]')
})

test('what one worker lacks is told by the others: they are ready together', async () => {
  const port = await freePort()
  const { port: found } = run(2, port, 'slow-second')
  await vi.waitFor(async () => expect(await ask(port, '/problems')).toBe('["worker 2: starting"]'), {
    timeout: 20_000,
    interval: 20,
  })
  await found()
  expect(await ask(port, '/problems')).toBe('[]')
})

test('a worker that dies is started again while the other one serves', async () => {
  const { port: found } = run(2)
  const port = await found()
  const [first = 0, second = 0] = await pidsAt(port)
  process.kill(first, 'SIGKILL')
  await vi.waitFor(async () => expect(await ask(port, '/pid')).toBe(String(second)), { timeout: 10_000 })
  await vi.waitFor(async () => expect(await pidsAt(port)).toHaveLength(2), { timeout: 20_000 })
  expect(await pidsAt(port)).not.toContain(first)
  expect(await ask(port, '/metrics')).toContain('headcount_gateway_worker_restarts_total 1')
})

test('what a worker has counted stays in the sum when it dies and is started again', async () => {
  const { port: found } = run(2)
  const port = await found()
  const count = async () => Number(/^requests (\d+)$/m.exec(await ask(port, '/metrics'))?.[1])
  const [first = 0] = await pidsAt(port)
  // Far more than are asked from here on.
  for (let request = 0; request < 300; request++) await ask(port, '/pid')
  const before = await count()
  expect(before).toBe(313)
  process.kill(first, 'SIGKILL')
  await vi.waitFor(async () => expect(await pidsAt(port)).toHaveLength(2), { timeout: 20_000 })
  expect(await pidsAt(port)).not.toContain(first)
  const after = await count()
  expect(after).toBeGreaterThan(before)
  expect(await count()).toBe(after + 1)
})

test('a worker that the system does not start is tried again, as one that dies', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'headcount-workers-')), 'folder')
  await mkdir(folder)
  const { port: found, child, exit } = run(2, 0, 'in-folder', folder)
  const port = await found()
  const [first = 0] = await pidsAt(port)
  await rmdir(folder)
  process.kill(first, 'SIGKILL')
  const restarts = async () => Number(/restarts_total (\d+)$/m.exec(await ask(port, '/metrics'))?.[1])
  await vi.waitFor(async () => expect(await restarts()).toBeGreaterThan(2), { timeout: 20_000 })
  // Where there is a file in its place, the system refuses at once.
  await writeFile(folder, '')
  const until = (await restarts()) + 1
  await vi.waitFor(async () => expect(await restarts()).toBeGreaterThan(until), { timeout: 20_000 })
  await rm(folder)
  await mkdir(folder)
  await vi.waitFor(async () => expect(await pidsAt(port)).toHaveLength(2), { timeout: 20_000 })
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
  await rm(dirname(folder), { recursive: true })
})

test('when it is told to stop, requests under way are finished and nothing is left', async () => {
  const { port: found, child, exit } = run(2)
  const port = await found()
  const pids = await pidsAt(port)
  expect(pids).toHaveLength(2)
  const slow = [ask(port, '/slow'), ask(port, '/slow')]
  await new Promise((resolve) => setTimeout(resolve, 100))
  child.kill('SIGTERM')
  expect(new Set((await Promise.all(slow)).map(Number))).toEqual(new Set(pids))
  expect(await exit).toEqual([0, null])
  expect(pids.filter(isAlive)).toEqual([])
})

test('a parent that is killed leaves no worker behind', async () => {
  const { port: found, child } = run(2)
  const pids = await pidsAt(await found())
  expect(pids).toHaveLength(2)
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000 })
})

test('a start that fails says why once, and leaves nothing behind', async () => {
  const { output, exit } = run(3, 0, 'fails')
  expect(await exit).toEqual([1, null])
  expect(output()).toBe('failed: The supergraph was refused: it is none.\n')
})

test('a worker that dies before it serves ends the start', async () => {
  const { output, exit } = run(2, 0, 'dies')
  expect(await exit).toEqual([1, null])
  expect(output()).toContain('A worker did not start: it ended with SIGKILL.')
})

test('a port that is taken ends the start', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { output, exit } = run(2, (other.address() as AddressInfo).port)
  expect(await exit).toEqual([1, null])
  expect(output()).toContain('EADDRINUSE')
  other.close()
})

test('one worker is no process of its own', async () => {
  const { port: found, child } = run(1)
  expect(await pidsAt(await found())).toEqual([child.pid])
})
