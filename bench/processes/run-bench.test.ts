import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** A program with a bench of this work, which says its folder first. */
function start(work: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const file = new URL('run-bench.ts', import.meta.url)
  const script = `import { runBench } from ${JSON.stringify(file)}
    const say = (text) => process.stdout.write(text + '\\n')
    await runBench(async ({ folder, atEnd }) => { say(folder); ${work} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  started.push(child)
  return child
}

async function ran(child: ReturnType<typeof start>) {
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  const [folder = '', ...said] = output.trim().split('\n')
  return { folder, said, code }
}

test('what a bench did is undone in the other order, also when it fails', async () => {
  const child = start("atEnd(() => say('one')); atEnd(async () => say('two')); throw new Error('no')")
  const { folder, said, code } = await ran(child)
  expect(said).toEqual(['two', 'one'])
  expect(code).toBe(1)
  expect(folder).toContain('headcount-bench-')
  expect(existsSync(folder)).toBe(false)
})

test('what cannot be undone keeps nothing else from it, and is a failure', async () => {
  const child = start("atEnd(() => say('one')); atEnd(() => { throw new Error('no') })")
  const { folder, said, code } = await ran(child)
  expect(said).toEqual(['one'])
  expect(code).toBe(1)
  expect(existsSync(folder)).toBe(false)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a bench that %s interrupts undoes what it did and ends, whatever still runs',
  async (signal) => {
    const child = start(
      "atEnd(() => say('one')); setInterval(() => {}, 1000); say('ready'); await new Promise(() => {})",
    )
    child.stdout.on('data', (part) => `${part}`.includes('ready') && child.kill(signal))
    const { folder, said, code } = await ran(child)
    expect(said).toEqual(['ready', 'one'])
    expect(code).toBe(130)
    expect(existsSync(folder)).toBe(false)
  },
)
