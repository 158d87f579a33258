import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { part } from './federation/ask.ts'
import { rawPost } from './raw-post.ts'
import { type Served, serve } from './support.ts'

const text = 'A line of text that is the same again and again. '.repeat(100)
const library = () =>
  part('library', 'type Query { page: String  word: String }', {
    Query: { page: () => text, word: () => 'ä' },
  })
const page = JSON.stringify({ data: { page: text } })

let on: Served
let off: Served
let gzipOnly: Served

beforeAll(async () => {
  on = await serve([library()], 'in-process', { compression: true, corsOrigins: ['https://app.example'] })
  off = await serve([library()], 'in-process')
  const compression = { minimumBytes: 0, encodings: ['gzip'] } as const
  gzipOnly = await serve([library()], 'in-process', { compression })
})
afterAll(() => Promise.all([on.close(), off.close(), gzipOnly.close()]))

const ask = (served: Served, encodings: string | undefined, query = '{ page }') =>
  rawPost(served.url, { query }, encodings === undefined ? {} : { 'accept-encoding': encodings })

test('answers are not compressed unless the operator wants it', async () => {
  const { headers, bytes } = await ask(off, 'br, gzip')
  expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined])
  expect(bytes.toString()).toBe(page)
})

describe('where the operator wants it', () => {
  test.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, br', 'br'],
    ['*', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity, br;q=0.5', undefined],
    ['zstd', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('a client that accepts %s gets %s', async (accepted, expected) => {
    const { status, headers, bytes } = await ask(on, accepted)
    expect([status, headers['content-encoding']]).toEqual([200, expected])
    expect(headers['content-length']).toBe(String(bytes.length))
    const decode = { br: brotliDecompressSync, gzip: gunzipSync }[expected ?? '']
    expect((decode ? decode(bytes) : bytes).toString()).toBe(page)
    if (expected) expect(bytes.length).toBeLessThan(page.length / 10)
  })

  test('caches are told what the answer depends on', async () => {
    expect((await ask(on, undefined)).headers.vary).toBe('origin, accept-encoding')
    expect((await ask(gzipOnly, 'gzip')).headers.vary).toBe('accept-encoding')
  })

  test('an answer in parts goes as it is', async () => {
    const query = 'query Parts { word ... @defer { page } }'
    const accept = 'multipart/mixed; deferSpec=20220824, application/json'
    const { headers, bytes } = await rawPost(gzipOnly.url, { query }, { accept, 'accept-encoding': 'gzip' })
    expect([headers['content-type'], headers['content-encoding']]).toEqual([
      expect.stringContaining('multipart/mixed'),
      undefined,
    ])
    expect(bytes.toString()).toContain('"hasNext":false')
  })

  test('short answers go as they are, and the limit is the operator’s', async () => {
    expect((await ask(on, 'gzip', '{ word }')).headers['content-encoding']).toBeUndefined()
    const { headers, bytes } = await ask(gzipOnly, 'br, gzip', '{ word }')
    expect(headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(bytes).toString()).toBe('{"data":{"word":"ä"}}')
  })
})
