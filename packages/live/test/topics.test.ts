import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startValkey } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { inProcessTopics, type LiveMessage, redisTopics, type Topics } from '../src/index.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()
const CHANNEL = 'org:org_1:event:evt_1:occupancy'
const message = (seq: number): LiveMessage => ({ seq, asOf: '2026-11-22T18:00:00Z', data: { inside: seq } })

/** What both forms promise. `open` gives two ends: where a service publishes and where a gateway listens. */
function promises(open: () => Promise<{ service: Topics; gateway: Topics }>): void {
  test('a message reaches every listener of its channel, in order, and no other', async () => {
    const { service, gateway } = await open()
    const first: LiveMessage[] = []
    const second: LiveMessage[] = []
    const other: LiveMessage[] = []
    await gateway.subscribe(CHANNEL, (received) => first.push(received))
    await gateway.subscribe(CHANNEL, (received) => second.push(received))
    await gateway.subscribe('org:org_2:event:evt_1:occupancy', (received) => other.push(received))
    for (let seq = 1; seq <= 50; seq++) await service.publish(CHANNEL, message(seq))
    await vi.waitFor(() => expect(first).toHaveLength(50))
    expect(first.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(second).toEqual(first)
    expect(first[0]).toEqual(message(1))
    expect(other).toEqual([])
  })

  test('a listener that has left hears nothing more, the others do', async () => {
    const { service, gateway } = await open()
    const stays = vi.fn()
    const leaves = vi.fn()
    await gateway.subscribe(CHANNEL, stays)
    const leave = await gateway.subscribe(CHANNEL, leaves)
    await leave()
    await leave()
    await service.publish(CHANNEL, message(1))
    await vi.waitFor(() => expect(stays).toHaveBeenCalledOnce())
    expect(leaves).not.toHaveBeenCalled()
  })

  test('leaving and joining at the same moment keeps the channel', async () => {
    const { service, gateway } = await open()
    for (let round = 1; round <= 20; round++) {
      const listener = vi.fn()
      const leave = await gateway.subscribe(CHANNEL, () => undefined)
      const [, leaveAgain] = await Promise.all([leave(), gateway.subscribe(CHANNEL, listener)])
      await service.publish(CHANNEL, message(round))
      await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce())
      await leaveAgain()
    }
  })

  test('the publisher sees which channels have listeners', async () => {
    const { service, gateway } = await open()
    expect(await service.activeChannels('org:*:event:*:occupancy')).toEqual([])
    const leave = await gateway.subscribe(CHANNEL, () => undefined)
    await gateway.subscribe('org:org_1:gate:gat_1', () => undefined)
    expect(await service.activeChannels('org:*:event:*:occupancy')).toEqual([CHANNEL])
    await leave()
    await vi.waitFor(async () => expect(await service.activeChannels('org:*:event:*')).toEqual([]))
  })

  test('what has not the form of a live message is dropped, what follows is not', async () => {
    const { service, gateway } = await open()
    const received: LiveMessage[] = []
    await gateway.subscribe(CHANNEL, (arrived) => received.push(arrived))
    const malformed = [
      { seq: -1, asOf: '2026-11-22T18:00:00Z' },
      { seq: 1 },
      { seq: 1, asOf: 'soon' },
      'text',
      null,
    ]
    for (const bad of malformed) await service.publish(CHANNEL, bad as unknown as LiveMessage)
    await service.publish(CHANNEL, { seq: 2, asOf: '2026-11-22T18:00:00+01:00' })
    await vi.waitFor(() => expect(received).toEqual([{ seq: 2, asOf: '2026-11-22T18:00:00+01:00' }]))
  })

  test('a listener that throws stops nobody', async () => {
    const { service, gateway } = await open()
    const listener = vi.fn()
    await gateway.subscribe(CHANNEL, () => {
      throw new Error('a fault of the listener')
    })
    await gateway.subscribe(CHANNEL, listener)
    await service.publish(CHANNEL, message(1))
    await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce())
  })
}

describe('topics in process', () => {
  promises(async () => {
    const topics = inProcessTopics({ log })
    onTestFinished(() => topics.close())
    return { service: topics, gateway: topics }
  })
})

describe.skipIf(missing)(titled('topics over Redis', missing), () => {
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
    const topics = redisTopics({ url: server.url, log })
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
