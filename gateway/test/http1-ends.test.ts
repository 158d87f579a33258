import { once } from 'node:events'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Http1Error } from '../src/upstream/http1/http1-error.ts'
import { answerOk, atEnd, endAll, failure, ok, poolOf, send, serve, start } from './http1-calls.ts'
import type { RawServer, Respond } from './raw-server.ts'

afterEach(endAll)

/** Takes requests and never answers. */
const silent: Respond = () => {}
/** Answers a request of "hold" when the test says so, any other at once. */
function holding(): { readonly respond: Respond; letGo(): void } {
  const held: (() => void)[] = []
  return {
    respond(socket, request) {
      if (request.body.startsWith('hold')) held.push(() => socket.write(ok(request.body)))
      else answerOk(socket, request)
    },
    letGo() {
      for (const answer of held.splice(0)) answer()
    },
  }
}
const reached = (server: RawServer, count: number) =>
  vi.waitFor(() => expect(server.requests.length).toBe(count))

describe('a connection that breaks', () => {
  test.each(['end', 'resetAndDestroy'] as const)(
    'under a reused one before any octet (%s) is stale',
    async (how) => {
      const server = await serve((socket, request) => {
        if (request.body === 'break') socket[how]()
        else answerOk(socket, request)
      })
      const pool = poolOf(server.url)
      await send(pool)
      expect(await failure(send(pool, 'break'))).toMatchObject({ isStale: true, code: 'ECONNRESET' })
      expect(await failure(send(pool, 'break'))).toMatchObject({ isStale: false, code: 'ECONNRESET' })
      expect(pool.stats).toMatchObject({ opened: 2, reused: 1, idle: 0, busy: 0 })
    },
  )

  test('after the first octet of an answer is not stale', async () => {
    const server = await serve((socket, request) => {
      if (request.body === 'break') socket.end('H')
      else answerOk(socket, request)
    })
    const pool = poolOf(server.url)
    await send(pool)
    expect(await failure(send(pool, 'break'))).toMatchObject({ isStale: false })
  })

  test('is no answer to a call that was not written yet, whatever its server says then', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url)
    await send(pool, 'first')
    const failed = new Promise<Http1Error>((resolve) => {
      // Between a timer and what this turn writes, the octets that have come are read.
      setTimeout(() => {
        server.sockets[0]?.write(ok('for nobody'))
        resolve(failure(send(pool, 'second')))
      })
    })
    expect(await failed).toMatchObject({ isStale: true, code: 'ECONNRESET' })
    expect(server.requests.map(({ body }) => body)).toEqual(['first'])
    expect((await send(pool, 'third')).body).toBe('third')
  })

  test('gives its place to a call that waits', async () => {
    const server = await serve((socket, request) => {
      if (request.body === 'break') socket.destroy()
      else answerOk(socket, request)
    })
    const pool = poolOf(server.url, { connections: 1 })
    const [first, second] = [send(pool, 'break'), send(pool, 'next')]
    await failure(first)
    expect((await second).body).toBe('next')
  })
})

describe('a server that cannot be reached', () => {
  test('that refuses is an error with its code, for the calls that wait too', async () => {
    const server = await serve(answerOk)
    await server.close()
    const pool = poolOf(server.url, { connections: 1 })
    const errors = await Promise.all([send(pool), send(pool)].map(failure))
    expect(errors.map(({ code, isStale }) => [code, isStale])).toEqual(Array(2).fill(['ECONNREFUSED', false]))
    expect(pool.stats).toMatchObject({ busy: 0, waiting: 0 })
  })

  test('that nobody knows by name is an error with its code', async () => {
    expect((await failure(send(poolOf('http://nowhere.invalid')))).code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/)
  })

  test('that does not take the connection is an error after the time for it', async () => {
    // A thread that listens and then sleeps: its system takes a few connections in its name, the others hang.
    const worker = new Worker(
      `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
         require('node:worker_threads').parentPort.postMessage(server.address().port)
         setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
       })`,
      { eval: true },
    )
    atEnd(() => worker.terminate())
    const [port] = await once(worker, 'message')
    const pool = poolOf(`http://127.0.0.1:${port}`, { connectTimeoutMs: 200 })
    const sent = Array.from({ length: 8 }, () => start(pool))
    const error = await failure(Promise.race(sent.map(({ answer }) => answer)))
    expect(error.code).toBe('HTTP1_CONNECT_TIMEOUT')
  })
})

test('the time for connecting is over with the connection: an answer may take longer', async () => {
  const { respond, letGo } = holding()
  const server = await serve(respond)
  const pool = poolOf(server.url, { connectTimeoutMs: 60 })
  const answer = send(pool, 'hold')
  await reached(server, 1)
  await sleep(120)
  letGo()
  expect((await answer).body).toBe('hold')
})

describe('cancel', () => {
  test('ends a call that waits: it is never sent', async () => {
    const { respond, letGo } = holding()
    const server = await serve(respond)
    const pool = poolOf(server.url, { connections: 1 })
    const first = send(pool, 'hold')
    const { call, answer } = start(pool, 'never')
    const third = send(pool, 'third')
    await reached(server, 1)
    call.cancel(new Error('enough'))
    call.cancel(new Error('twice'))
    await expect(answer).rejects.toThrow('enough')
    letGo()
    expect([(await first).body, (await third).body]).toEqual(['hold', 'third'])
    expect(server.requests.map(({ body }) => body)).toEqual(['hold', 'third'])
  })

  test('destroys the connection of a call on the wire, and only that one', async () => {
    const { respond, letGo } = holding()
    const server = await serve(respond)
    const pool = poolOf(server.url, { connections: 2 })
    const first = start(pool, 'hold 1')
    await reached(server, 1)
    const second = start(pool, 'hold 2')
    await reached(server, 2)
    const third = send(pool, 'third')
    first.call.cancel(new Error('enough'))
    await expect(first.answer).rejects.toThrow('enough')
    await vi.waitFor(() => expect(server.sockets[0]?.destroyed).toBe(true))
    expect((await third).body).toBe('third')
    letGo()
    expect((await second.answer).body).toBe('hold 2')
    expect(pool.stats).toEqual({ opened: 3, reused: 0, idle: 2, busy: 0, waiting: 0 })
  })

  test('ends a call whose connection is being opened', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url)
    const { call, answer } = start(pool)
    call.cancel(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    expect(pool.stats).toMatchObject({ opened: 1, busy: 0 })
    await sleep(20)
    expect(server.requests.length).toBe(0)
  })

  test('does nothing to a call that is over, nor to the next one on its connection', async () => {
    const { respond, letGo } = holding()
    const server = await serve(respond)
    const pool = poolOf(server.url)
    const first = start(pool, 'first')
    await first.answer
    const second = send(pool, 'hold')
    await reached(server, 2)
    first.call.cancel(new Error('late'))
    letGo()
    expect((await second).body).toBe('hold')
    expect((await first.answer).body).toBe('first')
  })
})

describe('a pool that closes', () => {
  test('takes no call, lets those it has end, and closes what is idle', async () => {
    const { respond, letGo } = holding()
    const server = await serve(respond)
    const pool = poolOf(server.url, { connections: 2 })
    await Promise.all([send(pool), send(pool)])
    const busy = send(pool, 'hold')
    await reached(server, 3)
    const closed = pool.close()
    expect(pool.stats).toMatchObject({ idle: 0, busy: 1 })
    expect((await failure(send(pool))).code).toBe('HTTP1_CLOSED')
    letGo()
    expect((await busy).body).toBe('hold')
    expect(pool.stats).toMatchObject({ idle: 0, busy: 0 })
    await closed
    await pool.close()
    await vi.waitFor(() => expect(server.sockets.every(({ destroyed }) => destroyed)).toBe(true))
  })

  test('serves the calls that wait before it is closed', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url, { connections: 1 })
    const answers = Promise.all(['a', 'b', 'c'].map((body) => send(pool, body)))
    await pool.close()
    expect((await answers).map(({ body }) => body)).toEqual(['a', 'b', 'c'])
  })

  test('that is destroyed ends every call with the reason', async () => {
    const server = await serve(silent)
    const pool = poolOf(server.url, { connections: 1 })
    const answers = [send(pool), send(pool)]
    await nextTurn()
    pool.destroy(new Http1Error('HTTP1_CLOSED', 'shut down'))
    const errors = await Promise.all(answers.map(failure))
    expect(errors.map(({ message }) => message)).toEqual(['shut down', 'shut down'])
    expect(pool.stats).toMatchObject({ idle: 0, busy: 0, waiting: 0 })
    await pool.close()
  })
})
