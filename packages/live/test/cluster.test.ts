import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, type Mock, onTestFinished, test, vi } from 'vitest'
import { type LiveListener, redisTopics, type Topics } from '../src/index.ts'
import { startCluster, type TestCluster } from '../testing/index.ts'
import { message, promises } from './promises.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()
const kinds = ['classic', 'sharded'] as const
const BACK_MS = 15_000

describe.skipIf(missing).each(kinds)(titled('topics over a cluster, %s', missing), (pubsub) => {
  let directory: string
  let cluster: TestCluster
  const unhandled = vi.fn()
  beforeAll(async () => {
    process.on('unhandledRejection', unhandled)
    directory = await mkdtemp(join(tmpdir(), 'headcount-live-'))
    cluster = await startCluster(directory)
  }, 60_000)
  afterAll(async () => {
    process.off('unhandledRejection', unhandled)
    await cluster?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  function connect(): Topics {
    const topics = redisTopics({ url: cluster.url, pubsub, log })
    onTestFinished(() => topics.close())
    return topics
  }

  async function open() {
    const [service, gateway] = [connect(), connect()]
    await vi.waitFor(() => Promise.all([service.ready(), gateway.ready()]), { timeout: 10_000 })
    return { service, gateway }
  }

  promises(open)

  /** A channel whose slot is at each of the three masters, with whoever listens to it. */
  async function listenEverywhere({ gateway }: { gateway: Topics }) {
    const found = new Map<number, { channel: string; listener: Mock<LiveListener> }>()
    for (let number = 1; found.size < 3; number++) {
      const channel = `org:org_1:event:evt_${number}:occupancy`
      const master = await cluster.masterOf(channel)
      if (!found.has(master)) found.set(master, { channel, listener: vi.fn<LiveListener>() })
    }
    const ends = [0, 1, 2].flatMap((index) => found.get(index) ?? [])
    for (const { channel, listener } of ends) await gateway.subscribe(channel, listener)
    return ends
  }

  type Ends = Awaited<ReturnType<typeof listenEverywhere>>

  /** Publishes until it arrives: each of the channels works again. */
  async function expectFlow(service: Topics, ends: Ends, seq: number) {
    for (const { channel, listener } of ends) {
      const arrives = async () => {
        await service.publish(channel, message(seq))
        await vi.waitFor(() => expect(listener).toHaveBeenLastCalledWith(message(seq)), { timeout: 300 })
      }
      await vi.waitFor(arrives, { timeout: BACK_MS, interval: 50 })
    }
  }

  test('channels of all nodes flow, each message once, and all of them are listed', async () => {
    const { service, gateway } = await open()
    const ends = await listenEverywhere({ gateway })
    for (const { channel } of ends) await service.publish(channel, message(1))
    for (const { listener } of ends) await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce())
    const listed = await service.activeChannels('org:*:event:*:occupancy')
    expect(listed.toSorted()).toEqual(ends.map(({ channel }) => channel).toSorted())
  })

  test('a node that is killed and started again has its listeners back, and they are told', async () => {
    const { service, gateway } = await open()
    const ends = await listenEverywhere({ gateway })
    await expectFlow(service, ends, 1)
    const reconnected = vi.fn()
    gateway.onReconnect(reconnected)
    // The one without a replica.
    cluster.kill(2)
    const lost = ends[2]?.channel ?? ''
    if (pubsub === 'sharded') {
      await expect(service.publish(lost, message(2))).rejects.toMatchObject({ name: 'LiveUnavailable' })
    }
    await cluster.restart(2)
    await cluster.untilOk()
    await expectFlow(service, ends, 3)
    if (pubsub === 'sharded') expect(reconnected).toHaveBeenCalled()
    expect(unhandled).not.toHaveBeenCalled()
  }, 60_000)

  test('a channel whose slot moves to another node goes with it', async () => {
    const { service, gateway } = await open()
    const ends = await listenEverywhere({ gateway })
    await expectFlow(service, ends, 1)
    const reconnected = vi.fn()
    gateway.onReconnect(reconnected)
    const { channel = '' } = ends[1] ?? {}
    await cluster.move(channel, 2)
    onTestFinished(() => cluster.move(channel, 1))
    await expectFlow(service, ends, 2)
    if (pubsub === 'sharded') expect(reconnected).toHaveBeenCalled()
    expect(unhandled).not.toHaveBeenCalled()
  }, 60_000)

  test('a replica that takes over for a killed node takes its listeners over, and they are told', async () => {
    const { service, gateway } = await open()
    const ends = await listenEverywhere({ gateway })
    await expectFlow(service, ends, 1)
    const reconnected = vi.fn()
    gateway.onReconnect(reconnected)
    cluster.kill(0)
    onTestFinished(() => cluster.restart(0))
    await expectFlow(service, ends, 2)
    if (pubsub === 'sharded') expect(reconnected).toHaveBeenCalled()
    // Whoever comes now, too.
    const late = connect()
    const listener = vi.fn()
    await vi.waitFor(() => late.ready(), { timeout: BACK_MS })
    const { channel = '' } = ends[0] ?? {}
    await vi.waitFor(() => late.subscribe(channel, listener), { timeout: BACK_MS })
    await service.publish(channel, message(3))
    await vi.waitFor(() => expect(listener).toHaveBeenCalledWith(message(3)))
    expect(unhandled).not.toHaveBeenCalled()
  }, 60_000)

  if (pubsub === 'sharded') return

  test('when the node that it is connected to is killed, a listener goes to another, and is told', async () => {
    const { service, gateway } = await open()
    await cluster.untilOk()
    const ends = await listenEverywhere({ gateway })
    const reconnected = vi.fn()
    gateway.onReconnect(reconnected)
    const at = await cluster.listenedAt(ends[0]?.channel ?? '')
    cluster.kill(at)
    onTestFinished(() => cluster.restart(at))
    await vi.waitFor(() => expect(reconnected).toHaveBeenCalledOnce(), { timeout: BACK_MS })
    await expectFlow(service, ends, 1)
    expect(await cluster.listenedAt(ends[0]?.channel ?? '')).not.toBe(at)
    expect(unhandled).not.toHaveBeenCalled()
  }, 60_000)
})
