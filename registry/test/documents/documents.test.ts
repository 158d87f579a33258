import type {
  AuditEntry,
  DocumentsAnswer,
  ManifestSummary,
  Page,
  PublishDocumentsAnswer,
  TrustedDocument,
} from '@headcount/registry-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { documentEndpoints } from '../../src/server/documents/endpoints.ts'
import type { Endpoint, Reply } from '../../src/server/endpoint.ts'
import { subgraph } from '../fixtures.ts'
import { type CallOptions, call, empty, openParts, type TestParts } from '../usage/open-parts.ts'
import { sha256 } from '../usage/reports.ts'

let parts: TestParts
let endpoints: Endpoint[]

beforeAll(async () => {
  parts = await openParts()
  endpoints = documentEndpoints(parts)
  await parts.publish(subgraph('events', 'type Query { name: String slug(of: Int): String }'))
})
afterAll(() => parts.close())
beforeEach(async () => {
  await empty(parts.database, ['manifests', 'manifest_documents'])
  await parts.database.query('UPDATE live SET documents = documents + 1')
  await parts.live.refresh()
})

const named: TrustedDocument = {
  id: sha256('query Name { name }'),
  text: 'query Name { name }',
  name: 'Name',
}
const slug: TrustedDocument = { id: 'slug', text: '{ slug }', name: null }

const post = (body: unknown) => call(endpoints, 'POST /documents', { body })
const get = (options: CallOptions = {}): Promise<Reply> => call(endpoints, 'GET /documents', options)
const manifests = async (query = {}) =>
  (await call(endpoints, 'GET /manifests', { query })).json as Page<ManifestSummary>
const withdraw = (id: string) => call(endpoints, 'POST /manifests/:id/withdraw', { params: { id } })

async function served(): Promise<DocumentsAnswer> {
  return JSON.parse((await get()).text ?? '')
}

async function refused(...documents: TrustedDocument[]): Promise<PublishDocumentsAnswer['refused']> {
  const { status, json } = await post({ client: 'web', documents: [named, ...documents] })
  expect(status).toBe(422)
  expect(json).toMatchObject({ added: 0, known: 0 })
  expect(await served()).toEqual({ clients: [] })
  return (json as PublishDocumentsAnswer).refused
}

describe('publishing documents', () => {
  it('lets gateways have them, by client, with an entry in the audit log', async () => {
    expect(await post({ client: 'web', version: '1.2', documents: [named, slug] })).toEqual({
      ...{ status: 200, json: { added: 2, known: 0, refused: [] } },
    })
    await post({ client: 'ios', documents: [named] })
    expect(await served()).toEqual({
      clients: [
        { client: 'ios', documents: [named] },
        { client: 'web', documents: [named, slug] },
      ],
    })
    const [entry] = await parts.database.query<AuditEntry>(
      "SELECT by, action, details FROM audit_entries WHERE subject = 'web' ORDER BY id DESC LIMIT 1",
    )
    expect(entry).toEqual({
      ...{ by: 'ci', action: 'documents.published' },
      details: { manifest: expect.any(String), version: '1.2', added: 2, known: 0 },
    })
  })

  it('again adds nothing, and what a client published before stays', async () => {
    await post({ client: 'web', version: '1', documents: [named] })
    expect((await post({ client: 'web', version: '1', documents: [named] })).json).toMatchObject({
      added: 0,
      known: 1,
    })
    expect((await manifests()).items).toHaveLength(1)
    expect((await post({ client: 'web', version: '2', documents: [named, slug] })).json).toMatchObject({
      ...{ added: 1, known: 1 },
    })
    expect((await served()).clients).toMatchObject([{ documents: [named, slug] }])
  })

  it('takes the name from the text', async () => {
    await post({
      client: 'web',
      documents: [
        { ...named, name: 'Other' },
        { ...slug, name: 'Other' },
      ],
    })
    expect((await served()).clients).toEqual([{ client: 'web', documents: [named, slug] }])
  })

  it.each<[string, Partial<TrustedDocument>, string]>([
    ['is no GraphQL', { text: '{ slug' }, 'Syntax Error: Expected Name, found <EOF>. (line 1, column 7)'],
    [
      'is not valid',
      { text: '{\n  nothing\n}' },
      'Cannot query field "nothing" on type "Query". (line 2, column 3)',
    ],
    [
      'has two operations',
      { text: 'query A { name } query B { name }' },
      'It must have one operation; it has 2',
    ],
    ['has no operation', { text: 'fragment A on Query { name }' }, 'It must have one operation; it has 0'],
    ['has a hash of another text', { id: sha256('x') }, `is not its text's, which is ${sha256(slug.text)}`],
    ['has a hash in capitals', { id: sha256(slug.text).toUpperCase() }, "is not its text's"],
    ['has a hash with its prefix', { id: `sha256:${sha256(slug.text)}` }, 'a hash is given without sha256:'],
    ['has a colon in its id', { id: 'my:id' }, 'no colon unless it begins with x-'],
    ['has an id that no header carries', { id: 'a b' }, '1 to 256 printable ASCII characters'],
    ['has the id of another', { id: named.id }, "is not its text's"],
  ])('refuses all where one %s, and says why', async (_, wrong, reason) => {
    const refusals = await refused({ ...slug, ...wrong })
    expect(refusals).toMatchObject([{ id: wrong.id ?? slug.id, reason: expect.stringContaining(reason) }])
  })

  it('refuses an id of two texts in one manifest', async () => {
    expect(await refused(slug, { ...slug, text: '{ name }' })).toMatchObject([
      { id: 'slug', reason: 'Its id stands for another text of the same manifest too' },
    ])
  })

  it('refuses another text under an id that the client published, also when that was withdrawn', async () => {
    await post({ client: 'web', documents: [slug] })
    const [manifest] = (await manifests()).items
    await withdraw(manifest?.id ?? '')
    const other = { ...slug, text: '{ slug(of: 1) }' }
    expect(await refused(other)).toMatchObject([
      {
        id: 'slug',
        reason: `Its id stands for another text since manifest ${manifest?.id}: take another id`,
      },
    ])
    expect((await post({ client: 'ios', documents: [other] })).status).toBe(200)
  })

  it('takes an id of its own kind with x-', async () => {
    expect((await post({ client: '', documents: [{ ...slug, id: 'x-relay:1' }] })).status).toBe(200)
  })

  it('of two at once under one id with two texts takes one', async () => {
    const both = await Promise.all(
      ['{ slug }', '{ name }'].map((text) => post({ client: 'web', documents: [{ ...slug, text }] })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it.each([
    [{ client: 'web', documents: [] }, 'documents takes at least one document'],
    [{ documents: [named] }, 'client is missing'],
    [{ client: 'x'.repeat(101), documents: [named] }, 'client has 101 characters; it takes 100 at most'],
    [{ client: 'web', documents: [{ id: 1, text: '{ a }' }] }, 'documents[0].id is missing or no text'],
    [{ client: 'web', documents: [{ ...named, body: '' }] }, 'documents[0].body is not known'],
  ])('refuses the request %j', async (body, message) => {
    await expect(post(body)).rejects.toMatchObject({
      ...{ code: 'BAD_REQUEST', message: expect.stringContaining(message) },
    })
  })

  it('refuses more than gateways can hold, and says what to do', async () => {
    await post({ client: 'web', documents: [named] })
    await parts.database.query(
      `INSERT INTO manifest_documents SELECT manifests.id, 'id-' || n, text_hash, null
         FROM manifests, manifest_documents, generate_series(1, 99999) AS n`,
    )
    await expect(post({ client: 'ios', documents: [named] })).rejects.toMatchObject({
      ...{ code: 'TOO_LARGE', message: expect.stringMatching(/100001 documents .* Withdraw manifests/) },
    })
  })
})

describe('the feed of documents', () => {
  it('answers 304 to who has it already, and another ETag once it is another', async () => {
    const first = await get()
    const etag = first.headers?.['etag'] ?? ''
    expect(etag).toBe(`"${sha256(first.text ?? '')}"`)
    expect(await get({ headers: { 'if-none-match': etag } })).toMatchObject({ status: 304 })
    await post({ client: 'web', documents: [named] })
    const second = await get({ headers: { 'if-none-match': etag } })
    expect(JSON.parse(second.text ?? '')).toMatchObject({ clients: [{ client: 'web' }] })
  })

  it('holds a long poll until documents change, in whichever process', async () => {
    const etag = (await get()).headers?.['etag'] ?? ''
    const waiting = get({ headers: { 'if-none-match': etag }, query: { waitMs: '20000' } })
    const other = await openOther()
    await call(documentEndpoints(other.parts), 'POST /documents', {
      body: { client: 'web', documents: [slug] },
    })
    expect(JSON.parse((await waiting).text ?? '')).toEqual({
      clients: [{ client: 'web', documents: [slug] }],
    })
    await other.close()
  })

  it('answers a long poll with 304 when the time is over', async () => {
    const etag = (await get()).headers?.['etag'] ?? ''
    const reply = await get({ headers: { 'if-none-match': etag }, query: { waitMs: '50' } })
    expect(reply).toMatchObject({ status: 304, headers: { etag } })
  })
})

/** A second process: its own connections to the same database. */
async function openOther() {
  const { followLive } = await import('../../src/server/live/live.ts')
  const live = followLive({ database: parts.database, log: parts.log })
  await live.refresh()
  return { parts: { ...parts, now: parts.now, live }, close: () => live.stop() }
}

describe('manifests', () => {
  it('are listed, the latest first, by client and in pages', async () => {
    for (const version of ['1', '2', '3']) await post({ client: 'web', version, documents: [named] })
    await post({ client: 'ios', documents: [named, slug] })
    const { items, before } = await manifests({ client: 'web', limit: '2' })
    expect(items).toMatchObject([
      {
        client: 'web',
        version: '3',
        documents: 1,
        isWithdrawn: false,
        by: 'ci',
        at: parts.time.toISOString(),
      },
      { client: 'web', version: '2' },
    ])
    const rest = await manifests({ client: 'web', limit: '2', before: before ?? '' })
    expect(rest).toMatchObject({ items: [{ version: '1' }], before: null })
    expect((await manifests()).items[0]).toMatchObject({ client: 'ios', version: null, documents: 2 })
  })

  it('that is withdrawn takes away what no other has, once, and is told in the audit log', async () => {
    await post({ client: 'web', version: '1', documents: [named, slug] })
    await post({ client: 'web', version: '2', documents: [named] })
    const first = (await manifests()).items[1]?.id ?? ''
    expect((await withdraw(first)).json).toMatchObject({ id: first, version: '1', isWithdrawn: true })
    expect((await withdraw(first)).json).toMatchObject({ isWithdrawn: true })
    expect((await served()).clients).toEqual([{ client: 'web', documents: [named] }])
    const entries = await parts.database.query(
      "SELECT details FROM audit_entries WHERE action = 'documents.withdrawn' AND details->>'manifest' = $1",
      [first],
    )
    expect(entries).toEqual([{ details: { manifest: first, version: '1' } }])
  })

  it.each([
    ['999999', 'NOT_FOUND'],
    ['x', 'BAD_REQUEST'],
  ])('%s cannot be withdrawn: %s', async (id, code) => {
    await expect(withdraw(id)).rejects.toMatchObject({ code })
  })
})
