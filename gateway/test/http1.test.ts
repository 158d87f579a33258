import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { headerLines } from '../src/upstream/http1/header-lines.ts'
import { Http1Error } from '../src/upstream/http1/http1-error.ts'
import { answerOk, atEnd, endAll, failure, ok, poolOf, send, serve, start } from './http1-calls.ts'
import type { Respond } from './raw-server.ts'

afterEach(endAll)

describe('a request', () => {
  test('leaves in one piece: its line, host, headers of the target, its own, the length, the body', async () => {
    const pieces: string[] = []
    const server = createServer((socket: Socket) =>
      socket.on('data', (piece) => {
        pieces.push(piece.toString())
        socket.end(ok('x'))
      }),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    atEnd(() => server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    await start(poolOf(`http://127.0.0.1:${port}`), '{"a":1}', ['x-id', 'a b\tc']).answer
    const lines = ['POST /graphql HTTP/1.1', `host: 127.0.0.1:${port}`, 'accept: application/json']
    expect(pieces).toEqual([[...lines, 'x-id: a b\tc', 'content-length: 7', '', '{"a":1}'].join('\r\n')])
  })

  test('of any text arrives as it was, its length counted in octets', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url)
    for (const body of ['', '{"a":"ASCII"}', '{"a":"größe"}', '{"a":"漢字 🎪"}', 'é'.repeat(200_000)]) {
      expect((await send(pool, body)).body).toBe(body)
      expect(server.requests.at(-1)?.head).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`)
    }
    await start(pool, '漢', ['x-name', 'é']).answer
    expect(server.requests.at(-1)).toMatchObject({
      head: expect.stringContaining('x-name: é\r\n'),
      body: '漢',
    })
  })

  test.each([
    ['x-a', 'a\r\nx-b: c'],
    ['x-a', 'a\nb'],
    ['x-a', 'a\rb'],
    ['x-a', 'a\0b'],
    // Their low bytes are CR and LF.
    ['x-a', 'a\u010d\u010ab'],
    ['x a', 'a'],
    ['x-a\r\nx-b', 'a'],
    ['', 'a'],
    ['Content-Length', '1'],
    ['transfer-encoding', 'chunked'],
    ['Connection', 'close'],
    ['host', 'elsewhere'],
  ])('never has the header %j with %j', (name, value) => {
    expect(() => headerLines(['x-good', 'y', name, value])).toThrow(Http1Error)
    expect(() => poolOf('http://127.0.0.1:1').prepare('/', [name, value])).toThrow(Http1Error)
  })

  test.each(['', 'graphql', '/a b', '/a\r\nb', '/ä'])('never has the path %j', (path) => {
    expect(() => poolOf('http://127.0.0.1:1').prepare(path, [])).toThrow(Http1Error)
  })

  test.each(['https://127.0.0.1', 'ftp://127.0.0.1', 'nowhere'])('never goes to %s', (url) => {
    expect(() => poolOf(url)).toThrow(Http1Error)
  })

  test.each(['127.0.0.1', '::1'])('reaches a server at %s', async (host) => {
    const server = await serve(answerOk, host)
    expect((await send(poolOf(server.url), '1')).body).toBe('1')
    expect(server.requests[0]?.head).toContain(`\r\nhost: ${new URL(server.url).host}\r\n`)
  })

  test('reaches a server by name', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(`http://localhost:${server.port}`)
    expect((await Promise.all([send(pool, '1'), send(pool, '2')])).map(({ body }) => body)).toEqual([
      '1',
      '2',
    ])
    expect(server.requests[0]?.head).toContain(`\r\nhost: localhost:${server.port}\r\n`)
  })
})

describe('an answer', () => {
  test.each([
    [
      'with content-length',
      'HTTP/1.1 200 OK\r\nContent-Length: 14\r\nX-A: b\r\n\r\n{"a":"gr\xc3\xb6\xc3\x9f"}',
    ],
    [
      'chunked',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nx-a: b\r\ntransfer-encoding: chunked\r\n\r\n9;a=b\r\n{"a":"gr\xc3\r\n5\r\n\xb6\xc3\x9f"}\r\n0\r\nx-b: c\r\n\r\n',
    ],
  ])('%s is read the same wherever the network cuts it', async (_, text) => {
    const answer = Buffer.from(text, 'latin1')
    let cut = 0
    const server = await serve((socket) => {
      socket.write(answer.subarray(0, cut))
      setImmediate(() => setImmediate(() => socket.write(answer.subarray(cut))))
    })
    const pool = poolOf(server.url)
    for (cut = 1; cut < answer.length; cut++) {
      const response = await send(pool)
      expect([response.status, response.body], `cut at ${cut}`).toEqual([200, '{"a":"größ"}'])
    }
    expect(pool.stats).toMatchObject({ opened: 1, reused: answer.length - 2 })
  })

  test('without a length ends with its connection, which is not used again', async () => {
    const server = await serve((socket, { body }) => {
      socket.write(`HTTP/1.${body} 200 OK\r\n\r\nfirst `)
      setImmediate(() => socket.end('second'))
    })
    const pool = poolOf(server.url)
    for (const version of ['0', '1']) expect((await send(pool, version)).body).toBe('first second')
    expect(pool.stats).toMatchObject({ opened: 2, reused: 0, idle: 0, busy: 0 })
  })

  test('without a length is no answer when its connection breaks', async () => {
    const server = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nfirst')
      setTimeout(() => socket.resetAndDestroy(), 20)
    })
    expect(await failure(send(poolOf(server.url)))).toMatchObject({ code: 'ECONNRESET', isStale: false })
  })

  test('that is cut off is an error', async () => {
    const server = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc'))
    expect(await failure(send(poolOf(server.url)))).toMatchObject({ code: 'ECONNRESET', isStale: false })
  })

  test('that is not HTTP is an error, and its connection destroyed', async () => {
    const server = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'))
    const pool = poolOf(server.url)
    expect((await failure(send(pool))).code).toBe('HTTP1_MALFORMED')
    expect(pool.stats).toMatchObject({ idle: 0, busy: 0 })
    await vi.waitFor(() => expect(server.sockets[0]?.destroyed).toBe(true))
  })

  test('that is longer than it says is an error, and its connection destroyed', async () => {
    const server = await serve((socket) => socket.write(`${ok('a')}HTTP/1.1 200 OK\r\n`))
    const pool = poolOf(server.url)
    expect((await failure(send(pool))).code).toBe('HTTP1_MALFORMED')
    await vi.waitFor(() => expect(server.sockets[0]?.destroyed).toBe(true))
  })

  test('over the limit is an error before it is read', async () => {
    const server = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n'))
    const pool = poolOf(server.url, { maxResponseBytes: 100 })
    expect((await failure(send(pool))).code).toBe('HTTP1_TOO_LARGE')
  })

  test('of octets that are no UTF-8 is text all the same; a byte order mark is no part of it', async () => {
    const bytes = [Buffer.from([0x22, 0xff, 0xc3, 0x22]), Buffer.from('\ufeff{}'), Buffer.from('\ufeff')]
    const server = await serve((socket, { body }) => {
      const answer = bytes[Number(body)] ?? Buffer.alloc(0)
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${answer.length}\r\n\r\n`)
      socket.write(answer)
    })
    const pool = poolOf(server.url)
    const bodies = await Promise.all(['0', '1', '2'].map((body) => send(pool, body)))
    expect(bodies.map(({ body }) => body)).toEqual(['"\ufffd\ufffd"', '{}', ''])
  })
})

describe('a compressed answer', () => {
  const text = JSON.stringify({ a: 'größe '.repeat(1000) })
  const compress = (encoding: string, bytes: Buffer): Respond => {
    return (socket) => {
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${bytes.length}\r\n\r\n`
      socket.write(Buffer.concat([Buffer.from(head), bytes]))
    }
  }
  test.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
  ])('in %s is decoded, though none is asked for', async (encoding, bytes) => {
    const server = await serve(compress(encoding, bytes))
    expect((await send(poolOf(server.url))).body).toBe(text)
    expect(server.requests[0]?.head).not.toContain('accept-encoding')
  })

  test.each([
    ['gzip', gzipSync('x'.repeat(2000)), 'HTTP1_TOO_LARGE'],
    ['gzip', gzipSync(text).subarray(0, 40), 'HTTP1_ENCODING'],
    ['br', Buffer.from('no brotli'), 'HTTP1_ENCODING'],
    ['gzip, br', Buffer.from('x'), 'HTTP1_ENCODING'],
    ['zstd', Buffer.from('x'), 'HTTP1_ENCODING'],
  ])('in %s of %o is %s', async (encoding, bytes, code) => {
    const server = await serve(compress(encoding, bytes))
    expect((await failure(send(poolOf(server.url, { maxResponseBytes: 1000 })))).code).toBe(code)
  })

  test('is decoded from its own octets, whatever is read meanwhile', async () => {
    const server = await serve((socket, request) => compress('gzip', gzipSync(request.body))(socket, request))
    const pool = poolOf(server.url)
    const bodies = Array.from({ length: 40 }, (_, index) => `${index} `.repeat(2000))
    const answers = await Promise.all(bodies.map((body) => send(pool, body)))
    expect(answers.map(({ body }) => body)).toEqual(bodies)
  })

  test('of nothing is nothing', async () => {
    const server = await serve(compress('gzip', Buffer.alloc(0)))
    expect((await send(poolOf(server.url))).body).toBe('')
  })

  test('may be cancelled while it is decoded', async () => {
    const server = await serve(compress('gzip', gzipSync(text)))
    const pool = poolOf(server.url)
    const { call, answer } = start(pool)
    while (pool.stats.idle === 0) await nextTurn()
    call.cancel(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    await sleep(20)
    // Its connection is another's business by now.
    expect(pool.stats.idle).toBe(1)
  })
})
