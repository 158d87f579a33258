import { afterEach, expect, test } from 'vitest'
import { endAll } from '../http1-calls.ts'
import type { Answer } from '../support.ts'
import { doors } from './doors.ts'
import { documentsOf, hashed, persistedQuery, sha256, trustedWorld } from './trusted-world.ts'

afterEach(endAll)

const trusted = 'query Trusted { open }'
const free = 'query Free($id: ID = "a secret of a client") { hall(id: $id) { id } open }'
const open = { data: { open: 'open' } }
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code
const untrusted = 'a document ran that is not trusted; a locked gateway refuses it'

test('an open gateway runs trusted ids beside free documents and those that clients register', async () => {
  const world = await trustedWorld([hashed(trusted)], { mode: 'open' })
  const { served } = world
  expect((await served.post({ documentId: sha256(trusted) })).body).toEqual(open)
  expect((await served.post({ query: '{ open }' })).body).toEqual(open)
  const query = 'query Registered { open }'
  expect(codeOf((await served.post({ extensions: persistedQuery(sha256(query)) })).body)).toBe(
    'PERSISTED_QUERY_NOT_FOUND',
  )
  expect((await served.post({ query, extensions: persistedQuery(sha256(query)) })).body).toEqual(open)
  expect((await served.post({ extensions: persistedQuery(sha256(query)) })).body).toEqual(open)
  expect([await world.counted('untrusted'), await world.counted('refused')]).toEqual([undefined, undefined])
})

test('a text that comes with the hash of a trusted document is compared, and needs no registering', async () => {
  const world = await trustedWorld([hashed(trusted)], { mode: 'open' })
  const extensions = persistedQuery(sha256(trusted))
  expect((await world.served.post({ query: trusted, extensions })).body).toEqual(open)
  expect(await world.metric('headcount_gateway_persisted_documents_total{result="stored"}')).toBeUndefined()
  const other = await world.served.post({ query: `${trusted} `, extensions })
  expect(codeOf(other.body)).toBe('PERSISTED_QUERY_MISMATCH')
})

test('under audit every document that is not trusted is counted, over every transport', async () => {
  const world = await trustedWorld([hashed(trusted)], { mode: 'audit' })
  let sent = 0
  for (const door of Object.values(doors)) {
    await door(world.url, { query: free })
    sent += 1
    expect(await world.counted('untrusted')).toBe(sent)
    expect(await door(world.url, { query: trusted })).toEqual(open)
  }
  const extensions = persistedQuery(sha256(free))
  await world.served.post({ query: free, extensions })
  await world.served.post({ extensions })
  expect(await world.counted('untrusted')).toBe(sent + 2)
  expect(await world.counted('text')).toBe(sent)
})

test('under audit each such document is told once a client, by hash and name, and without a word of its text', async () => {
  const world = await trustedWorld([hashed(trusted)], { mode: 'audit' })
  const headers = { 'graphql-client-name': 'shop', 'graphql-client-version': '7' }
  for (let time = 0; time < 3; time += 1) await world.served.post({ query: free }, headers)
  await world.served.post({ query: free })
  const lines = world.served.log.filter(({ msg }) => msg === untrusted)
  expect(lines).toMatchObject([
    { document: sha256(free), operation: 'Free', client: 'shop', version: '7', level: 40 },
    { document: sha256(free), operation: 'Free', client: '' },
  ])
  expect(JSON.stringify(lines)).not.toContain('secret')
})

test('under audit whoever sends ever new documents fills the log with a few lines a minute', async () => {
  const world = await trustedWorld([hashed(trusted)], { mode: 'audit' })
  for (let number = 0; number < 200; number += 1) {
    await world.served.post({ query: `query Flood${number} { open }` })
  }
  expect(world.served.log.filter(({ msg }) => msg === untrusted)).toHaveLength(60)
  expect(await world.counted('untrusted')).toBe(200)
})

test('what was found is counted by how, and how many there are is told at the start and in the metrics', async () => {
  const world = await trustedWorld([
    hashed(trusted),
    documentsOf({ one: trusted, two: 'query Two { open }' }, 'shop'),
  ])
  const shop = { 'graphql-client-name': 'shop' }
  await world.served.post({ documentId: sha256(trusted) })
  await world.served.post({ extensions: persistedQuery(sha256(trusted)) })
  await world.served.post({ documentId: 'one' }, shop)
  await world.served.post({ query: trusted })
  await world.served.post({ query: '{ open }' })
  const counts = await Promise.all(['hash', 'id', 'text', 'refused'].map(world.counted))
  expect(counts).toEqual([2, 1, 1, 1])
  expect(await world.metric('headcount_gateway_trusted_documents{mode="locked"}')).toBe(2)
  expect(world.served.log).toContainEqual(
    expect.objectContaining({ msg: 'trusted documents', documents: 2, clients: 1, mode: 'locked' }),
  )
})
