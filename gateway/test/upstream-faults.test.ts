import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { Breaker, withBreaker } from '../src/upstream/breaker.ts'
import { nothingToCancel } from '../src/upstream/dispatch.ts'
import { Fault } from '../src/upstream/fault.ts'
import type { Message } from '../src/upstream/message.ts'
import type { UpstreamOptions } from '../src/upstream-options.ts'
import { endAll, ok, serve } from './http1-calls.ts'
import {
  type Answer,
  ask,
  deadUrl,
  good,
  graphServer,
  json,
  outcome,
  plain,
  reach,
  start,
  until,
  wayTo,
} from './upstream-fetches.ts'

afterEach(endAll)

/** Answers in turn, and the last one ever after. */
function inTurn(...answers: Answer[]): Answer {
  let turn = 0
  return (...request) => answers[Math.min(turn++, answers.length - 1)]?.(...request)
}

const breakOff: Answer = (response) => response.socket?.destroy()
const noBreaker: UpstreamOptions = { breaker: { isEnabled: false } }

describe('a query is sent again', () => {
  test.each([
    ['its connection breaks', breakOff],
    ['a proxy answers 502', plain(502)],
    ['a proxy answers 503', plain(503)],
    ['a proxy answers 504', plain(504)],
  ])('when %s', async (_name, first) => {
    const server = await graphServer(inTurn(first, good))
    expect(await outcome(ask(wayTo(server.url)))).toBe('{"a":1}')
    expect(server.asked.length).toBe(2)
  })

  test('as often as the option says, and no more', async () => {
    const server = await graphServer(breakOff)
    const { way, stats } = reach(server.url, { upstream: { ...noBreaker, retry: { attempts: 3 } } })
    await outcome(ask(way))
    expect([server.asked.length, stats()?.repeated]).toEqual([4, 3])
    await outcome(ask(wayTo(server.url, { upstream: { retry: { attempts: 0 } } })))
    expect(server.asked.length).toBe(5)
  })

  test('after pauses that double', async () => {
    const at: number[] = []
    const server = await graphServer((...request) => {
      at.push(performance.now())
      breakOff(...request)
    })
    const retry = { attempts: 2, backoffMs: 60 }
    await outcome(ask(wayTo(server.url, { upstream: { retry } })))
    const [first = 0, second = 0, third = 0] = at
    expect(second - first).toBeGreaterThanOrEqual(29)
    expect(third - second).toBeGreaterThanOrEqual(59)
  })
})

describe('nothing is sent again', () => {
  test.each([
    ['a mutation', breakOff, 'mutation'],
    ['a query that was answered with errors and 503', json({ errors: [{ message: 'm' }] }, 503), 'query'],
    ['a query that was answered with 500', plain(500), 'query'],
    ['a query that was answered with no GraphQL', plain(200), 'query'],
  ] as const)('of %s', async (_name, answer, kind) => {
    const server = await graphServer(answer)
    await outcome(ask(wayTo(server.url), { kind }))
    expect(server.asked.length).toBe(1)
  })

  test('of a query whose time is over', async () => {
    const server = await graphServer(() => {})
    await outcome(ask(wayTo(server.url, { upstream: { timeoutMs: 20 } })))
    expect(server.asked.length).toBe(1)
  })

  test('of a query that was given up in the pause before its next attempt', async () => {
    const server = await graphServer(breakOff)
    const { way, stats } = reach(server.url, { upstream: { retry: { attempts: 1, backoffMs: 40 } } })
    const sent = start(way)
    await until(() => stats()?.repeated === 1)
    sent.call.cancel(new Error('enough'))
    expect(await outcome(sent.answer)).toBe('enough')
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect([server.asked.length, sent.ends()]).toEqual([1, 1])
  })
})

/** A way with a clock of the test's own, and what its breaker is doing. */
function breakable(url: string, upstream: UpstreamOptions = {}) {
  let nowMs = 1_000
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => logged.push(JSON.parse(line).msg) })
  const options = { upstream: { retry: { attempts: 0 }, ...upstream }, now: () => nowMs, log }
  const { way, addresses } = reach(url, options)
  return {
    way,
    logged,
    breaker: () => addresses()[0]?.breaker,
    pass: (ms: number) => {
      nowMs += ms
    },
    async fail(times: number) {
      for (let time = 0; time < times; time += 1) await outcome(ask(way))
    },
  }
}

const isOpen = 'the breaker of one is open'

describe('a breaker', () => {
  test('does not count calls that found no room, or whose reply was over our limit', async () => {
    const seen: string[] = []
    const now = () => 0
    const breaker = new Breaker({
      failures: 1,
      halfOpenAfterMs: 1,
      now,
      onChange: (state) => seen.push(state),
    })
    const faults = [new Fault('limit', 'full'), new Fault('stale', 'closed'), new Error('given up')]
    const send = withBreaker(breaker, (_message, replied) => {
      replied(faults.pop() ?? new Fault('connection', 'lost'), undefined)
      return nothingToCancel
    })
    const message = { operation: { subgraph: 'one' } } as Message
    for (let time = 0; time < 3; time += 1) send(message, () => {})
    expect([breaker.state, seen]).toEqual(['closed', []])
    send(message, () => {})
    expect([breaker.state, seen]).toEqual(['open', ['open']])
  })

  test('opens after five failures in a row, lets one fetch try after ten seconds, and closes when it succeeds', async () => {
    let answer: Answer = plain(500)
    const server = await graphServer((...request) => answer(...request))
    const { way, breaker, pass, fail, logged } = breakable(server.url)
    await fail(4)
    expect(breaker()).toEqual({ state: 'closed', openings: 0 })
    await fail(1)
    expect(breaker()).toEqual({ state: 'open', openings: 1 })
    expect(await outcome(ask(way))).toBe(isOpen)
    pass(9_999)
    expect(await outcome(ask(way))).toBe(isOpen)
    expect(server.asked.length).toBe(5)
    pass(1)
    expect(breaker()?.state).toBe('half-open')
    answer = good
    expect(await Promise.all([outcome(ask(way)), outcome(ask(way))])).toEqual(['{"a":1}', isOpen])
    expect(breaker()?.state).toBe('closed')
    await fail(1)
    expect(server.asked.length).toBe(7)
    expect(logged).toEqual(['the subgraph fails; its fetches are refused', 'the subgraph answers again'])
  })

  test('stays open for another while when the trial fails', async () => {
    const server = await graphServer(breakOff)
    const { way, breaker, pass, fail } = breakable(server.url)
    await fail(5)
    pass(10_000)
    await fail(1)
    expect([server.asked.length, breaker()]).toEqual([6, { state: 'open', openings: 1 }])
    pass(9_999)
    expect(await outcome(ask(way))).toBe(isOpen)
    pass(1)
    await fail(1)
    expect(server.asked.length).toBe(7)
  })

  test('lets another fetch try when the trial was given up', async () => {
    let answer: Answer = plain(500)
    const server = await graphServer((...request) => answer(...request))
    const { way, breaker, pass, fail } = breakable(server.url)
    await fail(5)
    pass(10_000)
    answer = () => {}
    const trial = start(way)
    expect(breaker()?.state).toBe('half-open')
    expect(await outcome(ask(way))).toBe(isOpen)
    trial.call.cancel(new Error('enough'))
    answer = good
    expect(await outcome(ask(way))).toBe('{"a":1}')
    expect(breaker()?.state).toBe('closed')
  })

  test('counts refused connections and time-outs', async () => {
    const dead = breakable(deadUrl)
    await dead.fail(5)
    expect(dead.breaker()?.state).toBe('open')
    const slow = breakable((await graphServer(() => {})).url, { timeoutMs: 5 })
    await slow.fail(5)
    expect(slow.breaker()?.state).toBe('open')
  })

  test('counts 500 with a GraphQL answer, and replies that are no HTTP', async () => {
    const failing = breakable((await graphServer(json({ errors: [{ message: 'm' }] }, 500))).url)
    await failing.fail(5)
    expect(failing.breaker()?.state).toBe('open')
    const server = await serve((socket) => socket.end('hello\r\n\r\n'))
    const odd = breakable(server.url)
    await odd.fail(5)
    expect(odd.breaker()?.state).toBe('open')
  })

  test.each([
    ['GraphQL errors with 200', json({ errors: [{ message: 'm' }] })],
    ['GraphQL errors with 400', json({ errors: [{ message: 'm' }] }, 400)],
    ['a page with 404', plain(404)],
  ])('does not count %s', async (_name, answer) => {
    const { breaker, fail } = breakable((await graphServer(answer)).url)
    await fail(6)
    expect(breaker()).toEqual({ state: 'closed', openings: 0 })
  })

  test('does not count fetches that were given up', async () => {
    const { way, breaker } = breakable((await graphServer(() => {})).url)
    for (let time = 0; time < 6; time += 1) start(way).call.cancel(new Error('enough'))
    expect(breaker()?.state).toBe('closed')
  })

  test('counts from anew after a success', async () => {
    const server = await graphServer(inTurn(plain(500), plain(500), plain(500), plain(500), good, plain(500)))
    const { breaker, fail } = breakable(server.url)
    await fail(9)
    expect(breaker()?.state).toBe('closed')
    await fail(1)
    expect(breaker()?.state).toBe('open')
  })

  test('takes nothing from fetches that began before it opened', async () => {
    let late: (() => void) | undefined
    const answer = inTurn((response) => {
      late = () => response.end('{"data":{"a":1}}')
    }, plain(500))
    const { way, breaker, fail } = breakable((await graphServer(answer)).url)
    const early = start(way)
    await until(() => late !== undefined)
    await fail(5)
    late?.()
    expect(await outcome(early.answer)).toBe('{"a":1}')
    expect(breaker()?.state).toBe('open')
  })

  test('is as the options say', async () => {
    const { breaker, fail, pass } = breakable(deadUrl, { breaker: { failures: 2, halfOpenAfterMs: 50 } })
    await fail(2)
    expect(breaker()?.state).toBe('open')
    pass(50)
    expect(breaker()?.state).toBe('half-open')
    const without = breakable(deadUrl, noBreaker)
    await without.fail(6)
    expect(without.breaker()).toBeUndefined()
  })
})

test('a connection that was closed while it was kept costs no fetch, and the breaker nothing', async () => {
  let requests = 0
  const server = await serve((socket) => {
    requests += 1
    // Closes whenever a connection is used a second time.
    if (requests % 2 === 0) socket.destroy()
    else socket.write(ok('{"data":{"a":1}}'))
  })
  const { way, breaker } = breakable(server.url, { retry: { attempts: 1 }, breaker: { failures: 1 } })
  for (let time = 0; time < 4; time += 1) expect(await outcome(ask(way))).toBe('{"a":1}')
  expect(breaker()?.openings).toBe(0)
})

test('connections that were all closed while they were kept cost no fetch: the second attempt opens a new one', async () => {
  const used = new Set<number>()
  const server = await serve((socket, { connection }) => {
    if (used.has(connection)) socket.resetAndDestroy()
    else socket.write(ok('{"data":{"a":1}}'))
    used.add(connection)
  })
  const way = wayTo(server.url)
  const asked = () => Promise.all([1, 2, 3].map(() => outcome(ask(way))))
  expect(await asked()).toEqual(Array(3).fill('{"a":1}'))
  expect(used.size).toBe(3)
  expect(await outcome(ask(way))).toBe('{"a":1}')
})
