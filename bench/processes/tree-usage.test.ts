import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { treeUsage } from './tree-usage.ts'

const started: ReturnType<typeof spawn>[] = []
afterEach(() => {
  // The whole group: the shell is not alone.
  for (const { pid } of started.splice(0)) if (pid !== undefined) process.kill(-pid, 'SIGKILL')
})

test('a program’s usage has that of the processes below it, and leaves out those that are named', async () => {
  const work = 'while (process.cpuUsage().user < 200000);'
  // The shell waits for one that ended and holds one that runs.
  const script = `"$1" -e "${work}"; sleep 60 & echo ready; wait`
  const child = spawn('sh', ['-c', script, 'sh', process.execPath], { detached: true })
  started.push(child)
  await once(child.stdout, 'data')
  const usage = (leftOut?: readonly string[]) => treeUsage(child.pid ?? 0, leftOut)
  // The shell goes on while its child is still becoming `sleep`.
  await expect
    .poll(() => usage().residentBytes - usage(['sleep']).residentBytes, { timeout: 10_000 })
    .toBeGreaterThan(0)
  const all = usage()
  expect(all.cpuMicros).toBeGreaterThan(100_000)
  expect(all.largestResidentBytes).toBeLessThan(all.residentBytes)
}, 20_000)
