import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { headerLines } from '../src/upstream/http1/header-lines.ts'
import { answerOk, atEnd, endAll, ok, poolOf, send, serve, start } from './http1-calls.ts'
import type { Respond } from './raw-server.ts'

afterEach(endAll)

/** Takes requests and never answers. */
const silent: Respond = () => {}

describe('connections', () => {
  test('are used again, the one that was used last first', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url)
    await Promise.all(['a', 'b', 'c'].map((body) => send(pool, body)))
    expect(pool.stats).toEqual({ opened: 3, reused: 0, idle: 3, busy: 0, waiting: 0 })
    const last = server.requests.at(-1)?.connection
    for (let index = 0; index < 5; index++) await send(pool)
    expect(server.requests.slice(-5).map(({ connection }) => connection)).toEqual(Array(5).fill(last))
    expect(pool.stats).toEqual({ opened: 3, reused: 5, idle: 3, busy: 0, waiting: 0 })
  })

  test('a connection is free again before its call is told', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url, { connections: 1 })
    const target = pool.prepare('/', [])
    const headers = headerLines([])
    const bodies = await new Promise((resolve) => {
      pool.request({ target, headers, body: '1' }, (_, first) => {
        expect(pool.stats).toMatchObject({ idle: 1, busy: 0 })
        pool.request({ target, headers, body: '2' }, (__, second) => resolve([first?.body, second?.body]))
      })
    })
    expect(bodies).toEqual(['1', '2'])
  })

  test('are never more than the bound; calls beyond it wait and are served in their order', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url, { connections: 2 })
    const order: string[] = []
    const bodies = Array.from({ length: 20 }, (_, index) => String(index))
    const sent = bodies.map((body) => send(pool, body).then((response) => order.push(response.body)))
    expect(pool.stats).toMatchObject({ opened: 2, busy: 2, waiting: 18 })
    await Promise.all(sent)
    expect(server.requests.map(({ body }) => body).slice(2)).toEqual(bodies.slice(2))
    expect(order.length).toBe(20)
    expect(pool.stats).toEqual({ opened: 2, reused: 18, idle: 2, busy: 0, waiting: 0 })
  })

  test('a call beyond the bound of those that wait fails, but not before it was returned', async () => {
    const server = await serve(silent)
    const pool = poolOf(server.url, { connections: 1, waitingAtMost: 1 })
    start(pool)
    const second = start(pool)
    let isReturned = false
    const answer = new Promise((resolve) => {
      pool.request({ target: pool.prepare('/', []), headers: headerLines([]), body: '' }, (error) =>
        resolve([error, isReturned]),
      )
      isReturned = true
    })
    expect(await answer).toEqual([expect.objectContaining({ code: 'HTTP1_QUEUE_FULL' }), true])
    expect(pool.stats.waiting).toBe(1)
    second.call.cancel(new Error('enough'))
    expect(pool.stats.waiting).toBe(0)
  })

  test('that the server says it closes are not used again, and the next call that waits gets a new one', async () => {
    const server = await serve((socket, { body }) => socket.write(ok(body, 'Connection: close\r\n')))
    const pool = poolOf(server.url, { connections: 1 })
    const answers = await Promise.all(['a', 'b', 'c'].map((body) => send(pool, body)))
    expect(answers.map(({ body }) => body)).toEqual(['a', 'b', 'c'])
    expect(pool.stats).toEqual({ opened: 3, reused: 0, idle: 0, busy: 0, waiting: 0 })
    await vi.waitFor(() => expect(server.sockets.every(({ destroyed }) => destroyed)).toBe(true))
  })

  test('are not used again when the server answers before it has the whole request', async () => {
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      socket.on('error', () => socket.destroy())
      socket.write(ok('too large'))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    atEnd(() => server.close())
    const pool = poolOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    // More than any system keeps for a reader that does not read.
    expect((await send(pool, 'x'.repeat(50_000_000))).body).toBe('too large')
    expect(pool.stats).toMatchObject({ opened: 1, idle: 0, busy: 0 })
  })
})

describe('an idle connection', () => {
  test('is closed after its time, one that is used is not', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url, { idleMs: 200 })
    await Promise.all([send(pool), send(pool)])
    for (let index = 0; index < 8; index++) {
      await sleep(50)
      await send(pool)
    }
    expect(pool.stats).toMatchObject({ opened: 2, idle: 1 })
    await sleep(300)
    expect(pool.stats).toMatchObject({ opened: 2, idle: 0, busy: 0 })
    expect(server.sockets.every(({ destroyed }) => destroyed)).toBe(true)
  })

  test('is closed a second before the time that the server gives', async () => {
    const server = await serve((socket, { body }) => socket.write(ok('', `Keep-Alive: timeout=${body}\r\n`)))
    const pool = poolOf(server.url, { idleMs: 60_000 })
    await send(pool, '1')
    expect(pool.stats).toMatchObject({ opened: 1, idle: 0 })
    // A longer time first: the shorter one is not to wait for it.
    await send(pool, '90')
    await Promise.all([send(pool, '90'), send(pool, '2')])
    expect(pool.stats).toMatchObject({ opened: 3, idle: 2 })
    await sleep(700)
    expect(pool.stats.idle).toBe(2)
    await sleep(500)
    expect(pool.stats.idle).toBe(1)
  })

  test('is not used past its time, even when the timer had no turn', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url, { idleMs: 100 })
    await send(pool, 'first')
    const until = performance.now() + 150
    while (performance.now() < until);
    expect((await send(pool, 'second')).body).toBe('second')
    expect(pool.stats).toMatchObject({ opened: 2, reused: 0 })
  })

  test('that the server closes is dropped', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url)
    await send(pool)
    server.sockets[0]?.end()
    await vi.waitFor(() => expect(pool.stats.idle).toBe(0))
    await send(pool)
    server.sockets[1]?.resetAndDestroy()
    await vi.waitFor(() => expect(pool.stats.idle).toBe(0))
    expect((await send(pool, 'on a new one')).body).toBe('on a new one')
    expect(pool.stats).toMatchObject({ opened: 3, reused: 0 })
  })

  test('on which something comes unasked is destroyed: no call takes it for its answer', async () => {
    const server = await serve(answerOk)
    const pool = poolOf(server.url)
    await send(pool)
    server.sockets[0]?.write(ok('of nobody'))
    await vi.waitFor(() => expect(pool.stats.idle).toBe(0))
    expect((await send(pool, 'mine')).body).toBe('mine')
  })
})
