import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { ReplicatedPlacement } from '../src/options.ts'
import { nothingToCancel } from '../src/upstream/dispatch.ts'
import type { Message } from '../src/upstream/message.ts'
import { withReplicas } from '../src/upstream/replicas.ts'
import { endAll } from './http1-calls.ts'
import {
  type Answer,
  ask,
  deadUrl,
  type GraphServer,
  good,
  graphServer,
  outcome,
  plain,
  reach,
  until,
} from './upstream-fetches.ts'

afterEach(endAll)

/** A subgraph with these replicas. */
const replicated = (placement: ReplicatedPlacement) => reach('', { placements: { one: placement } })

const counts = (servers: readonly GraphServer[]) => servers.map(({ asked }) => asked.length)

describe('replicas', () => {
  test('of weights 3 and 1 get 300 and 100 of 400 fetches, never more than three in a row', () => {
    const order: number[] = []
    const choice = (index: number, weight: number) => ({
      weight,
      isHealthy: () => true,
      letsThrough: () => true,
      send: () => {
        order.push(index)
        return nothingToCancel
      },
    })
    const send = withReplicas([choice(0, 3), choice(1, 1)])
    for (let time = 0; time < 400; time += 1) send({ replica: -1 } as Message, () => {})
    expect(order.filter((index) => index === 0).length).toBe(300)
    expect(order.join('')).not.toMatch(/0000|11/)
  })

  test('share fetches by weight, one each without', async () => {
    const servers = [await graphServer(good), await graphServer(good)]
    const [a, b] = servers.map(({ url }) => url)
    const weighted = replicated({ replicas: [{ url: a ?? '', weight: 3 }, { url: b ?? '' }] })
    for (let time = 0; time < 40; time += 1) await ask(weighted.way)
    expect(counts(servers)).toEqual([30, 10])
    const even = replicated({ replicas: servers.map(({ url }) => ({ url })) })
    for (let time = 0; time < 10; time += 1) await ask(even.way)
    expect(counts(servers)).toEqual([35, 15])
  })

  test('stand in for one that fails, and it gets nothing while its breaker is open', async () => {
    const server = await graphServer(good)
    const { way, addresses } = replicated({ replicas: [{ url: deadUrl, weight: 10 }, { url: server.url }] })
    for (let time = 0; time < 30; time += 1) expect(await outcome(ask(way))).toBe('{"a":1}')
    expect(addresses().map(({ breaker }) => breaker?.state)).toEqual(['open', 'closed'])
    expect(server.asked.length).toBe(30)
  })

  test('are all tried when none is well', async () => {
    const servers = [await graphServer(plain(500)), await graphServer(plain(500))]
    const replicas = servers.map(({ url }) => ({ url }))
    const { way } = replicated({
      replicas,
      breaker: { isEnabled: false },
      health: { path: '/health', intervalMs: 20 },
    })
    await until(() => counts(servers).every((count) => count > 0))
    await sleep(30)
    for (const { asked } of servers) asked.length = 0
    for (let time = 0; time < 4; time += 1) await outcome(ask(way))
    const fetched = servers.map(({ asked }) => asked.filter(({ body }) => body.query === '{ a }').length)
    expect(fetched).toEqual([2, 2])
  })
})

describe('health checks', () => {
  /** Two replicas of which the first is checked as the test says. */
  async function checked(health: { path?: string }, isAsked: (path: string) => boolean, sick: Answer) {
    let isSick = true
    const first = await graphServer((response, asked, request) => {
      if (isAsked(asked.body.query ?? request.url ?? '') && isSick) sick(response, asked, request)
      else good(response, asked, request)
    })
    const second = await graphServer(good)
    const { way, addresses } = replicated({
      replicas: [{ url: first.url }, { url: second.url }],
      health: { ...health, intervalMs: 20 },
    })
    return {
      way,
      states: () => addresses().map(({ isHealthy }) => isHealthy),
      fetched: () => first.asked.filter(({ body }) => body.query === '{ a }').length,
      recover: () => {
        isSick = false
      },
    }
  }

  test.each([
    ['by a path', { path: '/health' }, (what: string) => what === '/health', plain(503)],
    ['by GraphQL', {}, (what: string) => what === '{__typename}', plain(200, 'starting')],
  ] as const)('%s take a replica out until it is well again', async (_name, health, isAsked, sick) => {
    const { way, states, fetched, recover } = await checked(health, isAsked, sick)
    await until(() => states()[0] === false)
    expect(states()[1]).toBe(true)
    for (let time = 0; time < 4; time += 1) await ask(way)
    expect(fetched()).toBe(0)
    recover()
    await until(() => states()[0] === true)
    for (let time = 0; time < 4; time += 1) await ask(way)
    expect(fetched()).toBe(2)
  })

  test.each([{ path: '/health' }, {}])(
    'carry the headers that rules set on every fetch (%j)',
    async (health) => {
      const guarded = () =>
        graphServer((...request) => {
          const isKnown = request[1].headers['x-key'] === 'k'
          return (isKnown ? good : plain(401))(...request)
        })
      const servers = [await guarded(), await guarded()]
      const { addresses } = replicated({
        replicas: servers.map(({ url }) => ({ url })),
        health: { ...health, intervalMs: 10 },
        headers: [{ set: { name: 'x-key', value: 'k' } }],
      })
      await until(() => counts(servers).every((count) => count >= 3))
      expect(addresses().map(({ isHealthy }) => isHealthy)).toEqual([true, true])
    },
  )

  test('are not made for a single address, where nobody could stand in', async () => {
    const server = await graphServer(good)
    const { addresses } = replicated({ replicas: [{ url: server.url }], health: { intervalMs: 5 } })
    await sleep(30)
    expect([server.asked.length, addresses()[0]?.isHealthy]).toEqual([0, undefined])
  })
})
