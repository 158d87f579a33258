import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RunningServer, startNats, startValkey } from '../src/index.ts'
import { serversOrSkip, titled } from '../testing/index.ts'

const missing = await serversOrSkip()
const isAlive = (group: number) => {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

describe.skipIf(missing)(titled('a server that is started', missing), () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'headcount-start-'))
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  describe.each([
    ['NATS', startNats, /^nats:\/\/127\.0\.0\.1:\d+$/],
    ['Valkey', startValkey, /^redis:\/\/127\.0\.0\.1:\d+$/],
  ] as const)('%s', (name, start, url) => {
    const options = () => ({ directory: join(directory, name) })

    test('listens, ends by stop with nothing left, and starts again on its port', async () => {
      const server = await start(options())
      expect(server.url).toMatch(url)
      await server.stop()
      await server.stop()
      await vi.waitFor(() => expect(isAlive(server.pid)).toBe(false))
      const again = await start({ ...options(), port: server.port })
      expect(again.port).toBe(server.port)
      await again.stop()
    })

    test('a port that is taken is an error with what the server said', async () => {
      const blocker = createServer().listen(0, '127.0.0.1')
      await once(blocker, 'listening')
      const { port } = blocker.address() as { port: number }
      await expect(start({ ...options(), port })).rejects.toThrow(/did not start on port \d+: .*in use/s)
      blocker.close()
    })
  })

  test('several start side by side', async () => {
    const servers = await Promise.all(
      [1, 2, 3, 4].map((n) => startValkey({ directory: join(directory, `valkey-${n}`) })),
    )
    expect(new Set(servers.map(({ port }) => port)).size).toBe(4)
    await Promise.all(servers.map((server) => server.stop()))
  })

  test('they end when the process that started them is killed', async () => {
    const parent = fork(new URL('./starts-both.ts', import.meta.url), [directory])
    const [servers] = (await once(parent, 'message')) as [Pick<RunningServer, 'pid'>[]]
    expect(servers.map(({ pid }) => isAlive(pid))).toEqual([true, true])
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(servers.map(({ pid }) => isAlive(pid))).toEqual([false, false]), {
      timeout: 5000,
    })
  })
})
