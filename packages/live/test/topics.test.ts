import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startValkey } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { inProcessTopics, redisTopics, type Topics } from '../src/index.ts'
import { CHANNEL, message, promises } from './promises.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()
describe('topics in process', () => {
  promises(async () => {
    const topics = inProcessTopics({ log })
    onTestFinished(() => topics.close())
    return { service: topics, gateway: topics }
  })
})

const kinds = ['classic', 'sharded'] as const

describe.skipIf(missing).each(kinds)(titled('topics over Redis, %s', missing), (pubsub) => {
  let directory: string
  let server: Awaited<ReturnType<typeof startValkey>>
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'headcount-live-'))
    server = await startValkey({ directory })
  })
  afterAll(async () => {
    await server?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  function connect(): Topics {
    const topics = redisTopics({ url: server.url, pubsub, log })
    onTestFinished(() => topics.close())
    return topics
  }

  promises(async () => {
    const [service, gateway] = [connect(), connect()]
    await vi.waitFor(() => Promise.all([service.ready(), gateway.ready()]))
    return { service, gateway }
  })

  describe('when the server goes and comes back', () => {
    const unhandled = vi.fn()
    beforeAll(() => void process.on('unhandledRejection', unhandled))
    afterAll(() => void process.off('unhandledRejection', unhandled))

    test('messages flow again on the same subscription, and the gateway is told', async () => {
      const [service, gateway] = [connect(), connect()]
      const listener = vi.fn()
      const reconnected = vi.fn()
      gateway.onReconnect(reconnected)
      await gateway.subscribe(CHANNEL, listener)
      await service.publish(CHANNEL, message(1))
      await server.stop()

      await vi.waitFor(() => expect(gateway.ready()).rejects.toThrow('failed'))
      await expect(service.publish(CHANNEL, message(2))).rejects.toMatchObject({ name: 'LiveUnavailable' })
      await expect(gateway.subscribe('org:org_1:late', listener)).rejects.toMatchObject({
        name: 'LiveUnavailable',
      })
      expect(reconnected).not.toHaveBeenCalled()

      server = await startValkey({ directory, port: server.port })
      await vi.waitFor(() => expect(reconnected).toHaveBeenCalledOnce(), { timeout: 10_000 })
      await vi.waitFor(() => service.publish(CHANNEL, message(3)), { timeout: 10_000 })
      await vi.waitFor(() => expect(listener).toHaveBeenLastCalledWith(message(3)))
      // The listener that was refused meanwhile has left nothing behind.
      await vi.waitFor(async () => expect(await service.activeChannels('*')).toEqual([CHANNEL]))
      expect(unhandled).not.toHaveBeenCalled()
    })

    test('a first subscription made while the server is away begins when it is there', async () => {
      await server.stop()
      const gateway = connect()
      const listener = vi.fn()
      const subscribed = gateway.subscribe(CHANNEL, listener)
      server = await startValkey({ directory, port: server.port })
      await subscribed
      const service = connect()
      await vi.waitFor(() => service.publish(CHANNEL, message(1)))
      await vi.waitFor(() => expect(listener).toHaveBeenCalledWith(message(1)))
      expect(unhandled).not.toHaveBeenCalled()
    })

    test('a server that hangs fails a publication within a second and is left', async () => {
      const [service, gateway] = [connect(), connect()]
      const reconnected = vi.fn()
      gateway.onReconnect(reconnected)
      await vi.waitFor(() => service.ready())
      await gateway.subscribe(CHANNEL, () => undefined)
      process.kill(-server.pid, 'SIGSTOP')
      const before = performance.now()
      await expect(service.publish(CHANNEL, message(1))).rejects.toMatchObject({ name: 'LiveUnavailable' })
      expect(performance.now() - before).toBeLessThan(1500)
      await new Promise((resolve) => setTimeout(resolve, 6000))
      process.kill(-server.pid, 'SIGCONT')
      await vi.waitFor(() => expect(reconnected).toHaveBeenCalled(), { timeout: 10_000 })
      await vi.waitFor(() => service.publish(CHANNEL, message(2)), { timeout: 10_000 })
      expect(unhandled).not.toHaveBeenCalled()
    })
  })
})
