import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyst, scan, startAnalytics } from './start-analytics.ts'

let analytics: Awaited<ReturnType<typeof startAnalytics>>

beforeAll(async () => {
  analytics = await startAnalytics()
})
afterAll(() => analytics.stop())

const entities = (selection: string) =>
  `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Event { ${selection} } } }`

test.each([
  [100, 94, 0.06],
  [100, 0, 1],
  [100, 120, 0],
  [0, 0, null],
  [0, 5, null],
  [null, 5, null],
  [100, null, null],
])('of %s registered and %s admitted the no-show rate is %s', async (registeredCount, admitted, rate) => {
  const refs = [{ __typename: 'Event', id: newId('event'), registeredCount, admitted }]
  const answer = await analytics.run(analyst(), entities('noShowRate'), { refs })
  const [event] = fieldOf<{ noShowRate: number | null }[]>(answer, '_entities')
  if (rate === null) expect(event?.noShowRate).toBeNull()
  else expect(event?.noShowRate).toBeCloseTo(rate, 10)
})

test('the ingress of one event and of twenty take the same number of statements', async () => {
  const eventIds = Array.from({ length: 20 }, () => newId('event'))
  for (const eventId of eventIds) await analytics.tell(eventId, [scan(1, newId('gate'))])
  const statementsFor = async (ids: readonly string[]) => {
    let count = 0
    const off = analytics.service.database.onStatement(() => count++)
    const refs = ids.map((id) => ({ __typename: 'Event', id }))
    const answer = await analytics.run(analyst(), entities('id ingress { entries gate { id } }'), { refs })
    off()
    const found = fieldOf<{ ingress: { entries: number }[] }[]>(answer, '_entities')
    expect(found.map(({ ingress }) => ingress.length)).toEqual(ids.map(() => 1))
    return count
  }
  expect(await statementsFor(eventIds.slice(0, 1))).toBe(1)
  expect(await statementsFor(eventIds)).toBe(1)
})

test('a foreign tenant and a malformed id see nothing, as of an event that does not exist', async () => {
  const eventId = newId('event')
  const gateId = newId('gate')
  await analytics.tell(eventId, [scan(1, gateId)])
  expect(await analytics.ingress(`eventId: "${eventId}"`)).toHaveLength(1)
  expect(await analytics.ingress(`eventId: "${eventId}"`, analyst('org_b'))).toEqual([])
  for (const id of [newId('event'), 'nonsense', 'a\\u0000b', ''])
    expect(await analytics.ingress(`eventId: "${id}"`)).toEqual([])
  for (const id of [newId('gate'), 'nonsense', 'a\\u0000b', ''])
    expect(await analytics.ingress(`eventId: "${eventId}", gateId: "${id}"`)).toEqual([])
  const refs = [{ __typename: 'Event', id: eventId }]
  const strange = await analytics.run(analyst('org_b'), entities('ingress { entries }'), { refs })
  expect(fieldOf(strange, '_entities')).toEqual([{ ingress: [] }])
})

test('without analytics:read it is FORBIDDEN, without a token UNAUTHENTICATED, on the query and on the event', async () => {
  const attendee = { ...analyst(), scopes: ['self:read', 'gate:read'] }
  const args = `eventId: "${newId('event')}"`
  const codes = (answer: Awaited<ReturnType<typeof analytics.run>>) =>
    answer.errors?.map(({ extensions }) => extensions.code)
  expect(codes(await analytics.ingressAnswer(args, attendee))).toEqual(['FORBIDDEN'])
  expect(codes(await analytics.run(undefined, `{ ingress(${args}) { at } }`))).toEqual(['UNAUTHENTICATED'])
  const refs = [{ __typename: 'Event', id: newId('event'), registeredCount: 1, admitted: 1 }]
  const answer = await analytics.run(attendee, entities('noShowRate ingress { at }'), { refs })
  expect(codes(answer)).toEqual(['FORBIDDEN', 'FORBIDDEN'])
})

test('over HTTP a signed request is answered, an unsigned one is not', async () => {
  const server = createServer((req, res) => void analytics.service.handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const post = async (headers: Record<string, string>) => {
    const body = JSON.stringify({ query: `{ ingress(eventId: "${newId('event')}") { at } }` })
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
    return (await (await fetch(url, init)).json()) as object
  }
  expect(await post(analytics.headers(analyst()))).toEqual({ data: { ingress: [] } })
  expect(await post({})).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  server.closeAllConnections()
  server.close()
})
