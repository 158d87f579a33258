import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, events, small, startRegistry, type TestRegistry } from './harness.ts'
import { adminToken } from './serve-registry.ts'

let test: TestRegistry
beforeAll(async () => {
  test = await startRegistry()
  await test.publish({ name: 'events', sdl: events })
})
afterAll(() => test?.stop())

describe('over HTTP', () => {
  it('an unknown address is 404, another method 405 with those that there are', async () => {
    for (const path of [
      '/nothing',
      '',
      '/',
      '/versions/',
      '/versions/1/2/3',
      '/%zz',
      '/contracts/%zz/supergraph',
    ]) {
      expect((await test.call('GET', path)).status, path).toBe(404)
    }
    const { status, headers, json } = await test.call('DELETE', '/versions')
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('HEAD, POST, GET')
    expect(json).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } })
    expect((await ask(test.url.replace('/registry', '/other/supergraph'), 'GET')).status).toBe(404)
  })

  it('HEAD answers the headers of GET', async () => {
    const { status, text, headers } = await test.call('HEAD', '/supergraph')
    expect({ status, text }).toEqual({ status: 200, text: '' })
    const whole = await test.call('GET', '/supergraph')
    expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(whole.text))
  })

  it('nothing is stored on the way, and no type is guessed', async () => {
    const { headers } = await test.call('GET', '/versions')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await test.call('GET', '/supergraph')).headers.get('content-type')).toMatch(
      /^application\/graphql/,
    )
  })

  it('a body is JSON, plain or gzip', async () => {
    const body = JSON.stringify({ subgraphs: [{ url: 'http://z.test', ...small('zipped') }] })
    const zipped = await test.call('POST', '/versions', {
      body: gzipSync(body),
      headers: { 'content-encoding': 'gzip' },
    })
    expect(zipped.status).toBe(200)
    const text = { 'content-type': 'text/plain' }
    expect((await test.call('POST', '/versions', { body, headers: text })).status).toBe(415)
    const brotli = { 'content-encoding': 'br' }
    expect((await test.call('POST', '/versions', { body, headers: brotli })).status).toBe(415)
    expect((await test.call('POST', '/versions', { body: '{"a":' })).status).toBe(400)
    const none = { 'content-encoding': 'gzip' }
    expect((await test.call('POST', '/versions', { body, headers: none })).status).toBe(400)
    for (const other of ['null', '[]', '"x"', '{"__proto__": {"subgraphs": []}}']) {
      expect((await test.call('POST', '/versions', { body: other })).status, other).toBe(400)
    }
    expect((await test.call('POST', '/versions')).status).toBe(400)
  })

  it('a body that is too large, or grows too large when it is unpacked, is refused', async () => {
    const large = 'x'.repeat(8 * 1_048_576 + 1)
    expect((await test.call('POST', '/versions', { body: large })).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576))
    const headers = { 'content-encoding': 'gzip' }
    expect((await test.call('POST', '/versions', { body: bomb, headers })).status).toBe(413)
  })

  it('who may not publish is refused before the body is read', async () => {
    const { port } = new URL(test.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      'POST /registry/versions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9000000\r\n\r\n{',
    )
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 [\s\S]*connection: close/i)
    socket.destroy()
  })

  it('a fault of ours tells nothing of our insides', async () => {
    const { database } = test
    await database.query('ALTER TABLE versions RENAME TO versions_away')
    try {
      const { status, text } = await test.call('GET', '/versions')
      expect(status).toBe(500)
      expect(JSON.parse(text)).toEqual({
        error: { code: 'INTERNAL_ERROR', message: 'Something went wrong on our side.' },
      })
    } finally {
      await database.query('ALTER TABLE versions_away RENAME TO versions')
    }
  })

  it('a token in the wrong form is none', async () => {
    for (const authorization of [`Basic ${adminToken}`, adminToken, 'Bearer', `Bearer ${adminToken} x`]) {
      const answer = await test.call('GET', '/versions', { token: '', headers: { authorization } })
      expect(answer.status, authorization).toBe(401)
    }
  })
})
