import { describe, expect, test } from 'vitest'
import type { Placement } from '../src/index.ts'
import { failedAt, part, type Row, reference, seen, serving } from './from-context.ts'
import { placeInProcess, serve } from './support.ts'

describe('a context whose value, or the way to whose objects, another subgraph has', () => {
  const users = ['u1', 'u2', 'u3'].map((id) => ({ id }))
  const langs: Readonly<Record<string, string>> = { u1: 'de', u2: 'fr', u3: 'broken' }
  const notes: Readonly<Record<string, (given: Row) => string>> = {
    greet: (given) => seen(given, 'lang'),
    must: (given) => {
      if (given.lang === 'fr') throw new Error('no French')
      return seen(given, 'lang')
    },
  }
  const noteFields = Object.fromEntries(
    Object.entries(notes).map(([name, answer]) => [name, (_: unknown, given: Row) => answer(given)]),
  )
  const parts = [
    part(
      'notes',
      `type Query { users: [User!]! }
      type User @key(fields: "id") @context(name: "user") { id: ID!  note: Note  lang: String  zone: String @external }
      type Note @key(fields: "id") {
        id: ID!
        size: Int
        greet(lang: String @fromContext(field: "$user { lang }")): String
        must(lang: String @fromContext(field: "$user { lang }")): String!
        at(zone: String @fromContext(field: "$user { zone }")): String
      }`,
      {
        Query: { users: () => users },
        User: {
          __resolveReference: reference,
          note: () => ({ id: 'n' }),
          lang: ({ id }: { id: string }) => langs[id],
        },
        Note: {
          __resolveReference: reference,
          ...noteFields,
          size: () => 3,
          at: (_: unknown, given: Row) => seen(given, 'zone'),
        },
      },
    ),
    part(
      'links',
      `type Query { linked: [User!]! }
      type User @key(fields: "id") { id: ID!  zone: String  pinned: Note }
      type Note @key(fields: "id") { id: ID!  next: Note }`,
      {
        Query: { linked: () => users },
        User: {
          __resolveReference: reference,
          pinned: () => ({ id: 'n' }),
          zone: ({ id }: { id: string }) => {
            if (id === 'u2') throw new Error('no zone')
            return `zone of ${id}`
          },
        },
        Note: { __resolveReference: reference, next: () => ({ id: 'm' }) },
      },
    ),
  ]
  const ask = serving({ parts })
  const inOwnLanguage = ['"de"', '"fr"', '"broken"'].map((greet) => ({ greet }))

  test('waits for the value where the way comes from the other one', async () => {
    const { data, errors } = await ask('{ linked { pinned { greet } } }')
    expect(errors).toBeUndefined()
    expect(data).toEqual({ linked: inOwnLanguage.map((pinned) => ({ pinned })) })
  })

  test('keeps apart what one entity has below it in several places', async () => {
    const { data } = await ask('{ users { note { next { greet } } } }')
    expect(data).toEqual({ users: inOwnLanguage.map((next) => ({ note: { next } })) })
    const both = await ask('{ linked { pinned { next { greet next { greet } } } } }')
    expect(both.data).toEqual({
      linked: inOwnLanguage.map(({ greet }) => ({ pinned: { next: { greet, next: { greet } } } })),
    })
  })

  test('tells an error where it is, and leaves the fields with other values as they are', async () => {
    const { data, ...rest } = await ask('{ users { note { must } } }')
    expect(data).toEqual({
      users: [{ note: { must: '"de"' } }, { note: null }, { note: { must: '"broken"' } }],
    })
    expect(failedAt(rest)).toEqual(['users.1.note.must'])
  })

  test('is null where the value is null with an error', async () => {
    const { data, ...rest } = await ask('{ linked { pinned { at } } }')
    const zones = ['"zone of u1"', 'null', '"zone of u3"']
    expect(data).toEqual({ linked: zones.map((at) => ({ pinned: { at } })) })
    expect(failedAt(rest)).toEqual(['linked.1.zone'])
  })

  test('is there for what is deferred', async () => {
    const served = await serve(parts, 'in-process')
    const response = await fetch(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'multipart/mixed' },
      body: JSON.stringify({ query: '{ users { note { size ... @defer { greet } } } }' }),
    })
    const [, first, second] = (await response.text()).split('\r\n---')
    await served.close()
    expect(first).toContain('{"users":[{"note":{"size":3}},{"note":{"size":3}},{"note":{"size":3}}]}')
    for (const [place, { greet }] of inOwnLanguage.entries()) {
      expect(second).toContain(`{"data":${JSON.stringify({ greet })},"path":["users",${place},"note"]}`)
    }
  })
})

describe('objects whose context is not known', () => {
  const users = ['u1', 'u2', 'u3'].map((id) => ({ id }))
  let isDown = false
  const zones = part('zones', 'type User @key(fields: "id") { id: ID!  zone: String }', {
    User: {
      __resolveReference: ({ id }: { id: string }) => (id === 'u2' ? null : { id }),
      zone: ({ id }: { id: string }) => `zone of ${id}`,
    },
  })
  const inZones = placeInProcess(zones)
  const parts = [
    part(
      'notes',
      `type Query { users: [User!]! }
      type User @key(fields: "id") @context(name: "user") { id: ID!  note: Note!  zone: String @external }
      type Note @key(fields: "id") { id: ID!  size: Int  at(zone: String @fromContext(field: "$user { zone }")): String }`,
      {
        Query: { users: () => users },
        User: { __resolveReference: reference, note: () => ({ id: 'n' }) },
        Note: {
          __resolveReference: reference,
          size: () => 3,
          at: (_: unknown, given: Row) => seen(given, 'zone'),
        },
      },
    ),
    zones,
  ]
  const failing: Placement = {
    execute: async (request) => {
      if (isDown) throw new Error('down')
      return 'execute' in inZones ? inZones.execute(request) : { data: null }
    },
  }
  const ask = serving({ parts, moved: { zones: failing } })

  test('are not asked about; the others are', async () => {
    const { data, ...rest } = await ask('{ users { note { size at } } }')
    expect(data).toEqual({
      users: [
        { note: { size: 3, at: '"zone of u1"' } },
        { note: { size: 3, at: null } },
        { note: { size: 3, at: '"zone of u3"' } },
      ],
    })
    expect(failedAt(rest)).toEqual(['users.1.note'])
  })

  test('leave nothing to ask where it is none', async () => {
    isDown = true
    const { data, asked, ...rest } = await ask('{ users { note { size at } } }')
    isDown = false
    expect(data).toEqual({ users: users.map(() => ({ note: { size: 3, at: null } })) })
    expect(asked).toEqual([1, 0])
    const places = users.map((_, index) => `users.${index}`)
    expect(failedAt(rest)).toEqual(places.flatMap((place) => [place, `${place}.note`]))
  })
})
