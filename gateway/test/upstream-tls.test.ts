import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { UpstreamOptions } from '../src/upstream-options.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { certificate, certificateKey } from './loopback-certificate.ts'
import {
  type Answer,
  type Asked,
  ask,
  good,
  listener,
  outcome,
  reach,
  start,
  until,
} from './upstream-fetches.ts'

afterEach(endAll)

const identity = { cert: certificate, key: certificateKey }
const trusting: UpstreamOptions = { tls: { ca: certificate }, retry: { attempts: 0 } }

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => server.close())
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?x=1`
}

/** A subgraph by TLS. */
async function secureServer(answer: Answer, options: Parameters<typeof createServer>[0] = {}) {
  const asked: Asked[] = []
  const server = createServer({ ...identity, ...options }, listener(asked, answer))
  atEnd(() => server.closeAllConnections())
  return { asked, url: await listen(server) }
}

function open(url: string, upstream: UpstreamOptions = trusting) {
  const { way, addresses } = reach(url, { upstream })
  return { way, address: () => addresses()[0] }
}

describe('over TLS a fetch', () => {
  test('comes with its headers, over a connection that is kept', async () => {
    const { url, asked } = await secureServer(good)
    const { way, address } = open(url, { ...trusting, headers: [{ set: { name: 'x-from', value: 'g' } }] })
    for (let time = 0; time < 6; time += 1) expect(await outcome(ask(way))).toBe('{"a":1}')
    expect(asked[0]?.headers).toMatchObject({
      'x-request-id': 'r1',
      'x-from': 'g',
      'content-type': 'application/json',
    })
    // A fetch that begins in the very turn of an answer finds its connection not yet free.
    expect(address()?.connections.opened).toBeLessThanOrEqual(2)
    expect(address()?.connections).toMatchObject({ busy: 0, waiting: 0 })
  })

  test('fails where the authority is not known', async () => {
    const { url, asked } = await secureServer(good)
    expect(await outcome(ask(open(url, { retry: { attempts: 0 } }).way))).toMatch('self-signed')
    expect(asked).toEqual([])
  })

  test('shows the gateway’s own certificate', async () => {
    const seen: (string | string[] | undefined)[] = []
    const { url } = await secureServer(
      (...request) => {
        seen.push((request[2].socket as TLSSocket).getPeerCertificate().subject.CN)
        good(...request)
      },
      { requestCert: true, ca: certificate },
    )
    await ask(open(url, { ...trusting, tls: { ca: certificate, ...identity } }).way)
    expect(seen).toEqual(['127.0.0.1'])
  })

  test('is answered also when the reply is compressed', async () => {
    const { url } = await secureServer((response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync('{"data":{"a":"ü"}}')),
    )
    expect(await outcome(ask(open(url).way))).toBe('{"a":"ü"}')
  })

  test('ends when it is given up, and on the wire', async () => {
    let isClosed = false
    const { url, asked } = await secureServer((_response, _asked, request) => {
      request.socket.on('close', () => {
        isClosed = true
      })
    })
    const sent = start(open(url).way)
    await until(() => asked.length === 1)
    sent.call.cancel(new Error('enough'))
    expect(await outcome(sent.answer)).toBe('enough')
    await until(() => isClosed)
    expect(sent.ends()).toBe(1)
  })

  test('that broke off is sent again, and counts for the breaker', async () => {
    let count = 0
    const { url } = await secureServer((...request) => {
      count += 1
      if (count === 1) request[0].socket?.destroy()
      else good(...request)
    })
    const { way, address } = open(url, { ...trusting, retry: { attempts: 1 }, breaker: { failures: 1 } })
    expect(await outcome(ask(way))).toBe('the breaker of one is open')
    expect([count, address()?.breaker?.openings]).toEqual([1, 1])
    count = 0
    expect(await outcome(ask(open(url, { ...trusting, retry: { attempts: 1 } }).way))).toBe('{"a":1}')
  })

  test.each([
    [true, '2.0'],
    [false, '1.1'],
  ])('speaks HTTP/2 where it is switched on (%s)', async (http2, version) => {
    const versions: string[] = []
    const server = createSecureServer({ ...identity, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion)
      request.resume().on('end', () => response.end('{"data":{"a":1}}'))
    })
    const url = await listen(server)
    const { way } = open(url, { ...trusting, http2 })
    for (let time = 0; time < 3; time += 1) expect(await outcome(ask(way))).toBe('{"a":1}')
    expect(versions).toEqual(Array(3).fill(version))
  })
})
