import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../src/client/registry-error.ts'
import { createRegistryHttp } from '../../src/client/registry-http.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/registry`
}

/** Answers one after the other, the last one ever after; keeps what was asked. */
async function answering(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const asked: { method: string; url: string; authorization?: string; body: string }[] = []
  const url = await serve(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    const { authorization } = req.headers
    asked.push({
      method: req.method ?? '',
      url: req.url ?? '',
      ...(authorization && { authorization }),
      body,
    })
    const [status, answer] = answers[Math.min(asked.length, answers.length) - 1] ?? [500, '']
    res.writeHead(status, status === 302 ? { location: 'http://elsewhere.invalid/' } : {})
    res.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  return { url, asked }
}

const problem = (code: string, message: string) => ({ error: { code, message } })
const away = problem('UNAVAILABLE', 'The database is away')
const fast = { random: () => 0 }

async function failure(promise: Promise<unknown>): Promise<RegistryError> {
  const err = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(err).toBeInstanceOf(RegistryError)
  return err as RegistryError
}

describe('createRegistryHttp', () => {
  it('sends the token and the body below the base address, and answers what was answered', async () => {
    const { url, asked } = await answering([200, { version: 3 }])
    const registry = createRegistryHttp({ url: `${url}/`, token: 'hcr_1' })
    expect(await registry.post('/versions', { message: 'é' })).toEqual({ version: 3 })
    expect(asked).toEqual([
      { method: 'POST', url: '/registry/versions', authorization: 'Bearer hcr_1', body: '{"message":"é"}' },
    ])
  })

  it('reads text as it is, and nothing of a deletion', async () => {
    const { url } = await answering([200, 'type Query'], [204, ''])
    const registry = createRegistryHttp({ url })
    expect(await registry.text('/api-schema')).toBe('type Query')
    expect(await registry.delete('/contracts/app')).toBeUndefined()
  })

  it('takes a status for an answer only where it is said to be one', async () => {
    const { url } = await answering([422, { isUnchanged: false }])
    const registry = createRegistryHttp({ url })
    expect(await registry.post('/versions', {}, { accepts: [422] })).toEqual({ isUnchanged: false })
    expect(await failure(registry.post('/versions', {}))).toMatchObject({ code: 'NOT_A_REGISTRY' })
  })

  it.each([
    [401, 'UNAUTHENTICATED', 'No token. Give a token (hcr_…) in HEADCOUNT_REGISTRY_TOKEN.'],
    [403, 'FORBIDDEN', 'No token. Use a token with that scope, or have one made.'],
    [404, 'NOT_FOUND', 'No token.'],
  ])('tells a refusal %i as the registry words it, and what to do', async (status, code, message) => {
    const { url, asked } = await answering([status, problem(code, 'No token')])
    expect(await failure(createRegistryHttp({ url }).get('/graph'))).toMatchObject({ code, status, message })
    expect(asked).toHaveLength(1)
  })

  it.each<[string, number, unknown]>([
    ['a page', 200, '<html>'],
    ['a page that is not there', 404, '<html>'],
    ['an error of something else', 500, { errors: [] }],
    ['a code that no registry has', 400, problem('TEAPOT', 'short and stout')],
    ['a redirection', 302, ''],
  ])('says that it is no registry that answers with %s', async (_title, status, body) => {
    const { url } = await answering([status, body])
    const err = await failure(createRegistryHttp({ url }).get('/graph'))
    expect(err).toMatchObject({ code: 'NOT_A_REGISTRY', message: expect.stringContaining(url) })
  })

  it('asks again what does no harm twice, while the registry is away, and no more than 3 times', async () => {
    const { url, asked } = await answering([503, away], [502, '<html>'], [200, { version: 1 }])
    const registry = createRegistryHttp({ url, ...fast })
    expect(await registry.get('/graph')).toEqual({ version: 1 })
    expect(asked).toHaveLength(3)
    const gone = await answering([503, away])
    const err = await failure(createRegistryHttp({ url: gone.url, ...fast }).put('/contracts/app', {}))
    expect(err).toMatchObject({ code: 'UNAVAILABLE', status: 503 })
    expect(gone.asked).toHaveLength(3)
  })

  it('asks once what is not idempotent, unless the caller says that it is', async () => {
    const { url, asked } = await answering([503, away])
    const registry = createRegistryHttp({ url, ...fast })
    await failure(registry.post('/tokens', {}))
    expect(asked).toHaveLength(1)
    await failure(registry.post('/versions', {}, { isIdempotent: true }))
    expect(asked).toHaveLength(4)
  })

  it('waits before it asks again, at random, up to twice as long each time', async () => {
    const { url } = await answering([503, away])
    const begun = performance.now()
    await failure(createRegistryHttp({ url, random: () => 0.5 }).get('/graph'))
    expect(performance.now() - begun).toBeGreaterThanOrEqual(295)
  })

  it('gives up at the deadline, whether the answer never begins or never ends', async () => {
    const silent = await serve(() => undefined)
    const short = { deadlineMs: 80 }
    const err = await failure(createRegistryHttp({ url: silent, ...short }).get('/graph'))
    expect(err).toMatchObject({ code: 'TIMED_OUT', message: expect.stringContaining('within 80 ms') })
    server?.closeAllConnections()
    const endless = await serve((_req, res) => void res.writeHead(200).write('{'))
    expect(await failure(createRegistryHttp({ url: endless, ...short }).get('/graph'))).toMatchObject({
      code: 'TIMED_OUT',
    })
  })

  it('says that nobody listens there', async () => {
    const { url } = await answering([200, {}])
    await new Promise((resolve) => server?.close(resolve))
    const err = await failure(createRegistryHttp({ url, ...fast }).get('/graph'))
    expect(err).toMatchObject({
      code: 'UNREACHABLE',
      message: `The registry at ${url} cannot be reached (ECONNREFUSED).`,
    })
  })

  it.each(['registry', 'file:///etc/passwd', ''])('refuses %j as an address', (url) => {
    expect(() => createRegistryHttp({ url })).toThrow('is no address of a registry')
  })
})
