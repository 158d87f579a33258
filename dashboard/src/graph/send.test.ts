import { describe, expect, it } from 'vitest'
import { EventsDocument, SignOutDocument } from '../generated/graphql.ts'
import { type ClockReading, createSend } from './send.ts'

function sendTo(respond: (init: RequestInit) => Response | Promise<Response>) {
  const requests: { url: string; init: RequestInit }[] = []
  const readings: ClockReading[] = []
  const send = createSend({
    url: 'http://platform.test/graphql',
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init })
      return respond(init)
    },
    now: () => 1000,
    onClock: (reading) => readings.push(reading),
  })
  return { send, requests, readings }
}

const json = (body: object, { status = 200, headers = {} } = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

describe('createSend', () => {
  it('posts a query with the token', async () => {
    const { send, requests } = sendTo(() => json({ data: { events: null } }))
    await send(EventsDocument, {}, { accessToken: 'abc' })
    expect(requests[0]?.init.method).toBe('POST')
    expect(new Headers(requests[0]?.init.headers).get('authorization')).toBe('Bearer abc')
  })

  it('gives data and problems side by side', async () => {
    const error = { message: 'no', path: ['events', 'edges'], extensions: { code: 'FORBIDDEN' } }
    const { send } = sendTo(() => json({ data: { events: null }, errors: [error] }))
    const { data, problems } = await send(EventsDocument, {})
    expect(data).toEqual({ events: null })
    expect(problems).toEqual([{ code: 'FORBIDDEN', message: 'no', path: 'events.edges' }])
  })

  it('reads the errors of an answer whose status is not 200', async () => {
    const errors = [{ message: 'expired', extensions: { code: 'UNAUTHENTICATED' } }]
    const { send } = sendTo(() => json({ errors }, { status: 401 }))
    expect((await send(SignOutDocument, {})).problems[0]?.code).toBe('UNAUTHENTICATED')
  })

  it('calls a broken connection unreachable', async () => {
    const { send } = sendTo(() => {
      throw new TypeError('fetch failed')
    })
    expect((await send(EventsDocument, {})).problems[0]?.code).toBe('UNREACHABLE')
  })

  it('gives up at the deadline', async () => {
    const { send } = sendTo(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    )
    const { problems } = await send(EventsDocument, {}, { deadlineMs: 20 })
    expect(problems[0]?.code).toBe('UNREACHABLE')
  })

  it("reads the server's clock from every answer", async () => {
    const { send, readings } = sendTo(() =>
      json({ data: {} }, { headers: { date: 'Sun, 22 Nov 2026 17:00:00 GMT' } }),
    )
    await send(EventsDocument, {})
    expect(readings).toEqual([{ sentAt: 1000, receivedAt: 1000, dateMs: Date.parse('2026-11-22T17:00:00Z') }])
  })
})
