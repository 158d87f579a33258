import { afterEach, describe, expect, test, vi } from 'vitest'
import { channel, message } from './counts.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { isQuiet, liveWorld, next } from './live-world.ts'
import { compose } from './support.ts'

afterEach(endAll)

const shared = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq inside } }'
const personal = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq viewer } }'

function occupancy(value: object) {
  return { data: { occupancyChanged: value } }
}

/** Reads on until this comes: signs of life that repeat what was there may come before. */
async function until(events: AsyncIterator<unknown>, wanted: object): Promise<void> {
  for (let count = 0; count < 10; count += 1) {
    const found = await next(events)
    if (JSON.stringify(found) === JSON.stringify(wanted)) return
  }
  throw new Error(`${JSON.stringify(wanted)} did not come`)
}

type World = Awaited<ReturnType<typeof liveWorld>>

async function many(world: World, count: number, query: string, claims: Record<string, unknown> = {}) {
  const clients = await Promise.all(Array.from({ length: count }, () => world.connect(claims)))
  return clients.map((client) => client.iterate({ query }))
}

const groups = (world: World) => world.metric('headcount_gateway_live_groups')
const members = (world: World) => world.metric('headcount_gateway_live_members')

describe('viewers of one organization with the same rights', () => {
  test('share one snapshot, and one resolution of each message, whoever they are', async () => {
    const world = await liveWorld(atEnd)
    const all = await many(world, 20, shared)
    expect(await Promise.all(all.map(next))).toEqual(all.map(() => occupancy({ seq: 1, inside: 10 })))
    expect(world.state.reads).toBe(1)
    expect([await groups(world), await members(world)]).toEqual([1, 20])
    await world.topics.publish(channel, message(2, 20))
    expect(await Promise.all(all.map(next))).toEqual(all.map(() => occupancy({ seq: 2, inside: 20 })))
    expect(world.state.reads).toBe(1)
    expect(await world.metric('headcount_gateway_live_resolved_total{source="message"}')).toBe(1)
    expect(await world.metric('headcount_gateway_live_messages_total{source="message"}')).toBe(20)
  })

  test('share however they write what is only about delivery, and where they come in', async () => {
    const world = await liveWorld(atEnd)
    const client = await world.connect()
    const query =
      'subscription ($m: Int!, $a: Int) { occupancyChanged(eventId: "e1", minIntervalMs: $m, afterSeq: $a) { seq inside } }'
    const all = [
      client.iterate({ query, variables: { m: 0, a: null } }),
      client.iterate({ query, variables: { m: 40, a: 0 } }),
      client.iterate({ query, variables: { m: 0 } }),
    ]
    await Promise.all(all.map(next))
    expect(await groups(world)).toBe(1)
    const literals = [1, 2, 3].map((ms) =>
      client.iterate({
        query: `subscription { occupancyChanged(eventId: "e1", minIntervalMs: ${ms}) { seq inside } }`,
      }),
    )
    await Promise.all(literals.map(next))
    expect(await groups(world)).toBe(2)
  })

  test('share nothing where a variable says what is selected, or which event', async () => {
    const world = await liveWorld(atEnd)
    const client = await world.connect()
    const query =
      'subscription ($e: ID!, $s: Boolean!) { occupancyChanged(eventId: $e) { seq inside @include(if: $s) } }'
    const all = [
      client.iterate({ query, variables: { e: 'e1', s: true } }),
      client.iterate({ query, variables: { e: 'e1', s: false } }),
      client.iterate({ query, variables: { e: 'e2', s: true } }),
    ]
    expect(await Promise.all(all.map(next))).toEqual([
      occupancy({ seq: 1, inside: 10 }),
      occupancy({ seq: 1 }),
      occupancy({ seq: 1, inside: 10 }),
    ])
    expect(await groups(world)).toBe(3)
  })
})

describe('what depends on the viewer', () => {
  test('is read for each viewer, and shared by the connections of one', async () => {
    const world = await liveWorld(atEnd)
    const claims = { sub: 'usr_a', sid: 'ses_a' }
    const [first, second] = await many(world, 2, personal, claims)
    const [other] = await many(world, 1, personal, { sub: 'usr_b' })
    expect(
      await Promise.all([first, second, other].map((one) => next(one as NonNullable<typeof one>))),
    ).toEqual([
      occupancy({ seq: 1, viewer: 'usr_a' }),
      occupancy({ seq: 1, viewer: 'usr_a' }),
      occupancy({ seq: 1, viewer: 'usr_b' }),
    ])
    expect(await groups(world)).toBe(2)
  })

  test('by its rights is told apart by what was found of them, not by who it is', async () => {
    const world = await liveWorld(atEnd)
    const query = 'subscription { occupancyChanged(eventId: "e1") { seq takings } }'
    const poor = await many(world, 2, query, { scope: 'count:read other:read' })
    const rich = await many(world, 2, query, { scope: 'count:read money:*' })
    expect(await next(rich[0] as NonNullable<(typeof rich)[0]>)).toEqual(occupancy({ seq: 1, takings: 99 }))
    expect(await next(rich[1] as NonNullable<(typeof rich)[1]>)).toEqual(occupancy({ seq: 1, takings: 99 }))
    for (const one of poor) {
      expect(await next(one)).toMatchObject({
        data: { occupancyChanged: { seq: 1, takings: null } },
        errors: [{ path: ['occupancyChanged', 'takings'], extensions: { code: 'FORBIDDEN' } }],
      })
    }
    expect(await groups(world)).toBe(2)
    expect(world.state.reads).toBe(2)
  })

  test('by a header that rules hand on is told apart by it', async () => {
    const world = await liveWorld(atEnd, {
      placement: 'network',
      upstream: { headers: [{ propagate: { name: 'x-tenant' } }] },
    })
    const clients = await Promise.all(
      ['blue', 'blue', 'red'].map((tenant) =>
        world.connect({}, { headers: { 'x-tenant': tenant, 'x-other': tenant } }),
      ),
    )
    await Promise.all(clients.map((client) => next(client.iterate({ query: shared }))))
    expect(await groups(world)).toBe(2)
  })

  test('by the operator’s hook on fetches is not shared at all', async () => {
    const world = await liveWorld(atEnd, { extension: { onFetch() {} } })
    const all = await many(world, 3, shared)
    await Promise.all(all.map(next))
    expect(await groups(world)).toBe(3)
  })
})

test('another organization hears nothing of this one, though its event has the same id', async () => {
  const world = await liveWorld(atEnd)
  const stranger = (await world.connect({ org: 'org_2' })).iterate({ query: shared })
  await expect(next(stranger)).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  expect(await groups(world)).toBe(0)
})

test('a new token with fewer rights takes a subscriber to the group of those, and tells it what it sees there', async () => {
  const world = await liveWorld(atEnd)
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq takings } }'
  const claims = { sub: 'usr_x', sid: 'ses_x' }
  const stays = (await world.connect({ scope: 'count:read money:read' })).iterate({ query })
  expect(await next(stays)).toEqual(occupancy({ seq: 1, takings: 99 }))
  const changing = await world.connect({ ...claims, scope: 'count:read money:read' })
  const sockets: { send(text: string): void }[] = []
  changing.on('opened', (socket) => sockets.push(socket as WebSocket))
  const events = changing.iterate({ query })
  expect(await next(events)).toEqual(occupancy({ seq: 1, takings: 99 }))
  expect([await groups(world), await members(world)]).toEqual([1, 2])
  const accessToken = await world.tokens.sign({ ...claims, scope: 'count:read' })
  sockets[0]?.send(JSON.stringify({ type: 'ping', payload: { accessToken } }))
  expect(await next(events)).toMatchObject({ data: { occupancyChanged: { seq: 1, takings: null } } })
  expect([await groups(world), await members(world)]).toEqual([2, 2])
  const none = await world.tokens.sign({ ...claims, scope: '' })
  sockets[0]?.send(JSON.stringify({ type: 'ping', payload: { accessToken: none } }))
  await expect(next(events)).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  expect([await groups(world), await members(world)]).toEqual([1, 1])
})

describe('a swap of the supergraph', () => {
  test('closes nobody and sends no error; results follow the new one', async () => {
    const world = await liveWorld(atEnd)
    const all = await many(world, 10, shared)
    await Promise.all(all.map(next))
    Object.assign(world.state, { seq: 2, inside: 20 })
    const sdl = compose(world.parts)
    for (let turn = 1; turn <= 5; turn += 1) {
      await world.served.gateway.swap(sdl.replace('unfed: Int', `unfed: Int\n  other${turn}: Int`))
    }
    // What changed without a message is found by the snapshot that follows a swap.
    for (const [seq, inside] of [
      [2, 20],
      [3, 30],
    ] as const) {
      if (seq === 3) await world.topics.publish(channel, message(seq, inside))
      await Promise.all(all.map((events) => until(events, occupancy({ seq, inside }))))
    }
  })

  test('that says that a field depends on its viewer parts those who shared it', async () => {
    const world = await liveWorld(atEnd)
    const all = await many(world, 3, shared)
    await Promise.all(all.map(next))
    expect(await groups(world)).toBe(1)
    const sdl = compose(world.parts).replace(/( inside: Int!.*?) @audience\(by: ORGANIZATION\)/g, '$1')
    await world.served.gateway.swap(sdl)
    await vi.waitFor(async () => expect(await groups(world)).toBe(3))
    await Promise.all(all.map(next))
    await world.topics.publish(channel, message(2, 20))
    expect(await Promise.all(all.map(next))).toEqual(all.map(() => occupancy({ seq: 2, inside: 20 })))
    expect(await isQuiet(all[0] as NonNullable<(typeof all)[0]>)).toBe(true)
  })
})
