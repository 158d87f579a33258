import { describe, expect, it } from 'vitest'
import { EventsDocument, SignInDocument, SignOutDocument } from '../generated/graphql.ts'
import { type ClockReading, createSend } from './send.ts'
import { trustedDocument } from './trusted-document.ts'
import { UnknownDocuments } from './unknown-documents.ts'

function sendTo(respond: (init: RequestInit) => Response | Promise<Response>) {
  const requests: { url: string; init: RequestInit }[] = []
  const readings: ClockReading[] = []
  const unknown = new UnknownDocuments()
  const send = createSend({
    url: 'http://platform.test/graphql',
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init })
      return respond(init)
    },
    now: () => 1000,
    onClock: (reading) => readings.push(reading),
    client: { name: 'an-app', version: '1.2.3' },
    unknown,
  })
  const bodies = () => requests.map(({ init }) => JSON.parse(String(init.body)))
  return { send, requests, readings, bodies, unknown }
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

  it('sends the id of a document and no text', async () => {
    const { send, bodies } = sendTo(() => json({ data: {} }))
    await send(EventsDocument, {})
    await send(SignInDocument, { input: { email: 'a@b.test', password: 'p' } })
    expect(bodies()).toEqual([
      { documentId: trustedDocument(EventsDocument).documentId, variables: {} },
      {
        documentId: trustedDocument(SignInDocument).documentId,
        variables: { input: { email: 'a@b.test', password: 'p' } },
      },
    ])
  })

  it('says which app asks, and which build of it', async () => {
    const { send, requests } = sendTo(() => json({ data: {} }))
    await send(EventsDocument, {})
    const headers = new Headers(requests[0]?.init.headers)
    expect(headers.get('apollographql-client-name')).toBe('an-app')
    expect(headers.get('apollographql-client-version')).toBe('1.2.3')
  })

  it('says that page and platform differ while the platform does not know what is asked', async () => {
    let isKnown = false
    const refusal = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }
    const { send, unknown } = sendTo(() => json(isKnown ? { data: {} } : { errors: [refusal] }))
    const { problems } = await send(EventsDocument, {})
    expect(problems[0]?.message).toContain('Load this page again')
    expect(unknown.hasAny()).toBe(true)
    isKnown = true
    await send(SignOutDocument, {})
    expect(unknown.hasAny()).toBe(true)
    await send(EventsDocument, {})
    expect(unknown.hasAny()).toBe(false)
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

  it.each(['', '<html>Bad gateway</html>', 'null', '{}', '{"data":null}'])(
    'calls an answer unreachable that is none: %j',
    async (body) => {
      const { send, unknown } = sendTo(() => new Response(body, { status: 502 }))
      const { data, problems } = await send(EventsDocument, {})
      expect(data).toBeUndefined()
      expect(problems).toMatchObject([{ code: 'UNREACHABLE', path: '' }])
      expect(problems[0]?.message).toContain('502')
      expect(unknown.hasAny()).toBe(false)
    },
  )

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
