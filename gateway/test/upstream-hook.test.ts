import { codeOf } from '@headcount/errors'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import type { ExtensionContext, ExtensionFetch, GatewayExtension } from '../src/extension.ts'
import { endAll } from './http1-calls.ts'
import { fetchOf, good, graphServer, outcome, reach, start, viewerSecret } from './upstream-fetches.ts'

afterEach(endAll)

/** A subgraph before which a hook stands, and what the hook's log says. */
async function hooked(onFetch: NonNullable<GatewayExtension['onFetch']>) {
  const server = await graphServer(good)
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => logged.push(line) })
  const extension: ExtensionContext = { requestId: 'r1', log, state: {} }
  const { way } = reach(server.url, {
    extension: { onFetch },
    viewerSecret,
    isDeduplicated: true,
    upstream: { headers: [{ propagate: { name: 'x-tenant' } }] },
  })
  const fetch = fetchOf({
    document: 'query A { a }',
    name: 'A',
    context: { extension, headers: { 'x-tenant': 't' } },
  })
  return { server, logged, extension, send: () => start(way, fetch) }
}

describe('the hook before fetches', () => {
  test('sees what the rules have made, and its changes are what is sent', async () => {
    let seen: ExtensionFetch | undefined
    const { server, send, extension } = await hooked((fetch, context) => {
      seen = { ...fetch, headers: { ...fetch.headers } }
      context.state.isSeen = true
      delete fetch.headers['x-tenant']
      fetch.headers['x-signature'] = 's'
    })
    expect(await outcome(send().answer)).toBe('{"a":1}')
    expect(seen).toMatchObject({
      subgraph: 'one',
      operationName: 'A',
      headers: { 'x-tenant': 't', 'x-request-id': 'r1' },
    })
    expect(seen?.headers).not.toHaveProperty('x-headcount-viewer')
    expect(extension.state).toEqual({ isSeen: true })
    const headers = server.asked[0]?.headers
    expect(headers).toMatchObject({ 'x-signature': 's', 'x-request-id': 'r1' })
    expect(headers).toHaveProperty('x-headcount-viewer')
    expect(headers).not.toHaveProperty('x-tenant')
  })

  test('may take its time, in which the fetch may be given up', async () => {
    const gates: (() => void)[] = []
    const { server, send } = await hooked(({ headers }) => {
      headers['x-late'] = String(gates.length)
      return new Promise((resolve) => gates.push(resolve))
    })
    const [dropped, kept] = [send(), send()]
    dropped.call.cancel(new Error('enough'))
    for (const open of gates) open()
    expect([await outcome(kept.answer), await outcome(dropped.answer)]).toEqual(['{"a":1}', 'enough'])
    expect(server.asked.map(({ headers }) => headers['x-late'])).toEqual(['1'])
    expect([kept.ends(), dropped.ends()]).toEqual([1, 1])
  })

  test('keeps fetches apart whose headers it makes different', async () => {
    let count = 0
    const { server, send } = await hooked(({ headers }) => {
      count += 1
      headers['x-user'] = String(count % 2)
      headers['x-request-id'] = String(count)
    })
    const sent = [send(), send(), send()]
    await Promise.all(sent.map(({ answer }) => answer))
    expect(server.asked.length).toBe(2)
  })

  test.each([
    ['later', () => Promise.reject({ code: 'FORBIDDEN', status: 403, message: 'Not today.' })],
    [
      'at once',
      () => {
        throw { code: 'FORBIDDEN', status: 403, message: 'Not today.' }
      },
    ],
  ])('refuses %s with its own code and message, and nothing is sent', async (_name, onFetch) => {
    const { server, send } = await hooked(onFetch)
    const error = await send().answer.catch((reason: unknown) => reason)
    expect([codeOf(error), String(error)]).toEqual(['FORBIDDEN', 'Not today.'])
    expect(server.asked).toEqual([])
  })

  test.each(['content-length', 'Host', 'x-headcount-viewer', 'a b'])(
    'fails its fetch with %s, which it must not send',
    async (name) => {
      const { server, send, logged } = await hooked(({ headers }) => {
        headers[name] = '1'
      })
      const error = await send().answer.catch((reason: unknown) => reason)
      expect(codeOf(error)).toBe('INTERNAL_SERVER_ERROR')
      expect([server.asked.length, logged.length]).toEqual([0, 1])
    },
  )

  test('that fails is logged, and fails its fetch alone', async () => {
    const { send, logged } = await hooked(() => {
      throw new Error('broken hook')
    })
    const error = await send().answer.catch((reason: unknown) => reason)
    expect(codeOf(error)).toBe('INTERNAL_SERVER_ERROR')
    expect(logged[0]).toContain('broken hook')
  })
})
