import { describe, expect, it } from 'vitest'
import { createReadRegistry } from './read-registry.ts'

const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

function readFrom(respond: (url: string, token: string) => Response | Promise<Response>) {
  const asked: string[] = []
  let token: string | undefined = 'old'
  const read = createReadRegistry({
    base: '/registry',
    fetch: async (url, init) => {
      asked.push(`${url} ${new Headers(init?.headers).get('authorization')}`)
      return respond(String(url), token ?? '')
    },
    credentials: {
      accessToken: async () => token,
      refused: () => {
        token = 'new'
      },
    },
  })
  return { read: (path: string) => read(path, new AbortController().signal), asked }
}

describe('createReadRegistry', () => {
  it('brings the token of whoever is signed in, and asks once more when it has ended', async () => {
    const { read, asked } = readFrom((_url, token) => (token === 'new' ? json({ items: [] }) : json({}, 401)))
    expect(await read('/versions')).toEqual({ value: { items: [] } })
    expect(asked).toEqual(['/registry/versions Bearer old', '/registry/versions Bearer new'])
  })

  it('gives a text as it is', async () => {
    const { read } = readFrom(() => new Response('+ a', { headers: { 'content-type': 'text/plain' } }))
    expect(await read('/versions/2/diff')).toEqual({ value: '+ a' })
  })

  it('says whose right is missing, in the words of the registry', async () => {
    const { read } = readFrom(() => json({ error: { code: 'FORBIDDEN', message: 'No.' } }, 403))
    expect(await read('/versions')).toEqual({ trouble: { kind: 'refused', message: 'No.' } })
  })

  it('tells a registry that lacks something from a platform that lacks a registry', async () => {
    const missing = readFrom(() => json({ error: { code: 'NOT_FOUND', message: 'No version 9.' } }, 404))
    expect(await missing.read('/versions/9')).toMatchObject({ trouble: { kind: 'missing' } })
    const other = readFrom(() => new Response('', { status: 404 }))
    expect(await other.read('/versions')).toMatchObject({ trouble: { kind: 'absent' } })
    const page = readFrom(
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html;charset=utf-8' } }),
    )
    expect(await page.read('/versions')).toMatchObject({ trouble: { kind: 'absent' } })
  })

  it('gives what the registry says of a question that does not suit', async () => {
    const { read } = readFrom(() => json({ error: { code: 'NOT_COMPOSED', message: 'It has none.' } }, 422))
    expect(await read('/versions/2/diff')).toEqual({ trouble: { kind: 'unsuited', message: 'It has none.' } })
  })

  it.each([
    ['a broken connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a 503', () => json({ error: { code: 'UNAVAILABLE', message: 'Later.' } }, 503)],
    [
      'what is not the JSON it says',
      () => new Response('<', { headers: { 'content-type': 'application/json' } }),
    ],
  ])('calls %s unreachable', async (_what, respond) => {
    expect(await readFrom(respond).read('/versions')).toMatchObject({ trouble: { kind: 'unreachable' } })
  })
})
