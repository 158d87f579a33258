import { afterEach, expect, test, vi } from 'vitest'
import { liveDirectives } from './counts.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { isQuiet, liveWorld, next } from './live-world.ts'
import { type Context, subgraph } from './support.ts'

afterEach(endAll)

const alerts = subgraph(
  'alerts',
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective", "@requiresScopes"])
  ${liveDirectives}
  type Query { alertLog(eventId: ID!): Log @audience(by: ORGANIZATION) }
  type Log { id: ID! @audience(by: ORGANIZATION) }
  type Subscription {
    alertRaised(eventId: ID!, afterSeq: Int): Alert
      @audience(by: ORGANIZATION)
      @requiresScopes(scopes: [["count:read"]])
      @topic(name: "event:{eventId}:alerts", kind: LOG, guard: "alertLog(eventId: $eventId)", carries: "id text")
  }
  type Alert { id: ID! @audience(by: ORGANIZATION)  text: String! @audience(by: ORGANIZATION) }`,
  {
    Query: {
      alertLog: (_: unknown, { eventId }: { eventId: string }, { viewer }: Context) =>
        viewer?.organizationId === 'org_1' && eventId !== 'none' ? { id: eventId } : null,
    },
  },
)

const channel = 'org:org_1:event:e1:alerts'
const query = 'subscription ($a: Int) { alertRaised(eventId: "e1", afterSeq: $a) { text } }'

function alert(seq: number) {
  return { seq, asOf: new Date().toISOString(), data: { id: `a${seq}`, text: `Alert ${seq}` } }
}

function raised(seq: number, extensions?: object) {
  return { data: { alertRaised: { text: `Alert ${seq}` } }, ...(extensions ? { extensions } : {}) }
}

async function world() {
  const made = await liveWorld(atEnd, { graph: [alerts] })
  const members = () => made.metric('headcount_gateway_live_members')
  return Object.assign(made, {
    /** Resolves when so many listen. */
    joined: (count: number) => vi.waitFor(async () => expect(await members()).toBe(count), 5_000),
  })
}

test('every event reaches every member, in its order', async () => {
  const { connect, topics, joined } = await world()
  const all = [await connect(), await connect()].map((client) => client.iterate({ query }))
  const firsts = all.map(next)
  await joined(2)
  for (let seq = 1; seq <= 20; seq += 1) await topics.publish(channel, alert(seq))
  expect(await Promise.all(firsts)).toEqual([raised(1), raised(1)])
  for (let seq = 2; seq <= 20; seq += 1) {
    for (const events of all) expect(await next(events)).toEqual(raised(seq))
  }
})

test('an event that comes twice is told once', async () => {
  const { connect, topics, joined } = await world()
  const events = (await connect()).iterate({ query })
  const first = next(events)
  await joined(1)
  for (const seq of [1, 1, 2, 1, 2, 3]) await topics.publish(channel, alert(seq))
  expect([await first, await next(events), await next(events)]).toEqual([raised(1), raised(2), raised(3)])
  expect(await isQuiet(events)).toBe(true)
})

test('who comes back is told what it missed, from what is kept, though nobody listened meanwhile', async () => {
  const { connect, topics, joined } = await world()
  const before = await connect()
  const events = before.iterate({ query })
  const first = next(events)
  await joined(1)
  await topics.publish(channel, alert(1))
  expect(await first).toEqual(raised(1))
  before.terminate()
  await joined(0)
  for (let seq = 2; seq <= 4; seq += 1) await topics.publish(channel, alert(seq))
  const again = (await connect()).iterate({ query, variables: { a: 1 } })
  for (let seq = 2; seq <= 4; seq += 1) expect(await next(again)).toEqual(raised(seq))
  expect(await isQuiet(again)).toBe(true)
})

test('a jump in the numbers is told as a gap', async () => {
  const { connect, topics, joined } = await world()
  const events = (await connect()).iterate({ query })
  const first = next(events)
  await joined(1)
  await topics.publish(channel, alert(1))
  await topics.publish(channel, alert(5))
  expect(await first).toEqual(raised(1))
  expect(await next(events)).toEqual(raised(5, { gap: { afterSeq: 1, beforeSeq: 5 } }))
})

test('who comes back too late is told from where on it can go on', async () => {
  const { connect, topics, joined } = await world()
  const stays = (await connect()).iterate({ query })
  const first = next(stays)
  await joined(1)
  for (let seq = 1; seq <= 300; seq += 1) await topics.publish(channel, alert(seq))
  await first
  const late = (await connect()).iterate({ query, variables: { a: 10 } })
  expect(await next(late)).toEqual(raised(45, { gap: { afterSeq: 10, beforeSeq: 45 } }))
  expect(await next(late)).toEqual(raised(46))
})

test('a heartbeat shows who asked for positions what it missed, before anything more happens', async () => {
  const { connect, topics, joined } = await world()
  const events = (await connect()).iterate({ query, extensions: { resume: '7' } })
  const first = next(events)
  await joined(1)
  await topics.publish(channel, { seq: 9, asOf: new Date().toISOString() })
  expect(await first).toEqual({ extensions: { resume: '9', gap: { afterSeq: 7, beforeSeq: 10 } } })
  await topics.publish(channel, { seq: 9, asOf: new Date().toISOString() })
  await topics.publish(channel, alert(10))
  expect(await next(events)).toEqual(raised(10, { resume: '10' }))
})

test('who may not read what guards it does not listen', async () => {
  const { connect, metric } = await world()
  const none = (await connect()).iterate({
    query: 'subscription { alertRaised(eventId: "none") { text } }',
  })
  await expect(next(none)).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  const foreign = (await connect({ org: 'org_2' })).iterate({ query })
  await expect(next(foreign)).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  const poor = (await connect({ scope: '' })).iterate({ query })
  await expect(next(poor)).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  // Nothing is kept for those who were refused.
  expect(await metric('headcount_gateway_live_groups')).toBe(0)
})
