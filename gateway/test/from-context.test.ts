import { describe, expect, test } from 'vitest'
import { part, type Row, reference, seen, serving } from './from-context.ts'

const people = [
  { id: 'ann', lang: 'de', settings: { zone: { hours: 2 } }, tags: [{ name: 'x' }, { name: null }] },
  { id: 'bob', lang: 'fr', settings: { zone: { hours: 0 } }, tags: [] },
  { id: 'cem', lang: null, settings: null, tags: null },
  { id: 'dia', lang: 'de', settings: { zone: null }, tags: [null] },
]
const letter = (id: string) => ({ id })
const lettersOf: Readonly<Record<string, readonly string[]>> = {
  ann: ['one', 'two'],
  bob: ['one'],
  cem: ['one'],
  dia: ['two', 'one'],
}

/** People, who say how their letters are to be written; letters get it by contexts. */
function letters() {
  return part(
    'letters',
    `type Query { me: Person  people: [Person!]! }
    type Mutation { join: Person }
    type Person @key(fields: "id") @context(name: "person") {
      id: ID!  lang(upper: Boolean): String  settings: Settings  tags: [Tag]
      letter: Letter!  letters: [Letter!]!  boxes: [Box!]!
    }
    type Settings { zone: Zone }
    type Zone { hours: Int }
    type Tag { name: String }
    type Box { rows: [[Letter]!]! }
    type Letter @key(fields: "id") {
      id: ID!
      text(mark: String, lang: String @fromContext(field: "$person { lang }")): String
      sent(hours: Int @fromContext(field: "$person { settings { zone { hours } } }")): String
      filed(tags: [String] @fromContext(field: "$person { tags { name } }")): String
      pages: [Page!]!
    }
    type Page @key(fields: "id") {
      id: ID!
      head(lang: String @fromContext(field: "$person { lang }")): String
    }`,
    {
      Query: { me: () => people[0], people: () => people },
      Mutation: { join: () => people[1] },
      Person: {
        __resolveReference: ({ id }: Row) => people.find((person) => person.id === id),
        lang: ({ lang }: { lang: string | null }, { upper }: Row) => (upper ? lang?.toUpperCase() : lang),
        letter: ({ id }: { id: string }) => letter(lettersOf[id]?.[0] ?? ''),
        letters: ({ id }: { id: string }) => lettersOf[id]?.map(letter),
        boxes: ({ id }: { id: string }) => [{ rows: [lettersOf[id]?.map(letter), [null]] }],
      },
      Letter: {
        __resolveReference: reference,
        text: ({ id }: Row, given: Row) => `${id} ${seen(given, 'mark')} ${seen(given, 'lang')}`,
        sent: ({ id }: Row, given: Row) => `${id} ${seen(given, 'hours')}`,
        filed: ({ id }: Row, given: Row) => `${id} ${seen(given, 'tags')}`,
        pages: ({ id }: Row) => [{ id: `${id}-1` }, { id: `${id}-2` }],
      },
      Page: {
        __resolveReference: reference,
        head: ({ id }: Row, given: Row) => `${id} ${seen(given, 'lang')}`,
      },
    },
  )
}

describe.each(['in-process', 'network'] as const)('an argument from a context, %s,', (placement) => {
  const ask = serving({ parts: [letters()], placement })

  test('has the value of the object above', async () => {
    const { data, errors } = await ask('{ me { letter { text } } }')
    expect({ data, errors }).toEqual({
      data: { me: { letter: { text: 'one not given "de"' } } },
      errors: undefined,
    })
  })

  test('has for each object the value of the one above it, also for one entity in several places', async () => {
    const { data, asked } = await ask('{ people { letters { text } } }')
    expect(data).toEqual({
      people: [
        { letters: [{ text: 'one not given "de"' }, { text: 'two not given "de"' }] },
        { letters: [{ text: 'one not given "fr"' }] },
        { letters: [{ text: 'one not given null' }] },
        { letters: [{ text: 'two not given "de"' }, { text: 'one not given "de"' }] },
      ],
    })
    // The way there, and one request for each of the three values.
    expect(asked).toEqual([4])
  })
})

describe('arguments from contexts', () => {
  const parts = [letters()]
  const ask = serving({ parts })

  test('come from further up, through lists of lists', async () => {
    const { data } = await ask('{ people { boxes { rows { text } } } }')
    expect(data?.people).toMatchObject([
      {},
      { boxes: [{ rows: [[{ text: 'one not given "fr"' }], [null]] }] },
      { boxes: [{ rows: [[{ text: 'one not given null' }], [null]] }] },
      {},
    ])
  })

  test('have values from below the object above, null where something on the way is null', async () => {
    const { data } = await ask('{ people { letter { sent } } }')
    expect(data).toEqual({
      people: ['one 2', 'one 0', 'one null', 'two null'].map((sent) => ({ letter: { sent } })),
    })
  })

  test('have lists of what the items of a list have', async () => {
    const { data } = await ask('{ people { letter { filed } } }')
    expect(data).toEqual({
      people: ['one ["x",null]', 'one []', 'one null', 'two [null]'].map((filed) => ({ letter: { filed } })),
    })
  })

  test('stand beside each other, beside variables and under aliases', async () => {
    const { data, asked } = await ask(
      'query ($mark: String) { people { letter { text(mark: $mark) other: text(mark: "b") sent } } }',
      { mark: 'a' },
    )
    expect(data).toEqual({
      people: [
        ['one', '"de"', '2'],
        ['one', '"fr"', '0'],
        ['one', 'null', 'null'],
        ['two', '"de"', 'null'],
      ].map(([id, lang, hours]) => ({
        letter: { text: `${id} "a" ${lang}`, other: `${id} "b" ${lang}`, sent: `${id} ${hours}` },
      })),
    })
    expect(asked).toEqual([5])
  })

  test('are not mistaken for variables of a client that have the same name', async () => {
    const { data } = await ask(
      'query ($contextualArgument_1_0: String) { people { letter { text(mark: $contextualArgument_1_0) } } }',
      { contextualArgument_1_0: 'mine' },
    )
    expect(data?.people).toContainEqual({ letter: { text: 'one "mine" "fr"' } })
  })

  test('do not take what a client calls by the name of their field', async () => {
    const { data } = await ask('{ people { lang: id letter { text } hours: id } }')
    expect(data?.people).toContainEqual({
      lang: 'bob',
      letter: { text: 'one not given "fr"' },
      hours: 'bob',
    })
    const other = await ask('{ people { lang(upper: true) letter { text } } }')
    expect(other.data?.people).toContainEqual({ lang: 'FR', letter: { text: 'one not given "fr"' } })
  })

  test('are left out of the answer, as is what they are taken from', async () => {
    const { data } = await ask('{ me { letter { id text } id } }')
    expect(JSON.stringify(data)).toBe(
      '{"me":{"letter":{"id":"one","text":"one not given \\"de\\""},"id":"ann"}}',
    )
  })

  test('are asked for only where the field is', async () => {
    const query = 'query ($on: Boolean!) { people { letter { id text @include(if: $on) } } }'
    expect((await ask(query, { on: false })).asked).toEqual([1])
    const { data } = await ask(query, { on: true })
    expect(data?.people).toContainEqual({ letter: { id: 'one', text: 'one not given "fr"' } })
  })

  test('have their values below a mutation', async () => {
    const { data } = await ask(
      'mutation { join { letter { text pages { head } } } again: join { letter { text } } }',
    )
    expect(data).toEqual({
      join: {
        letter: { text: 'one not given "fr"', pages: [{ head: 'one-1 "fr"' }, { head: 'one-2 "fr"' }] },
      },
      again: { letter: { text: 'one not given "fr"' } },
    })
  })
})

describe('the type of the object above', () => {
  const owners = [
    { __typename: 'Team', id: 't', name: 'T', motto: 'go' },
    { __typename: 'Person', id: 'p', name: 'P', nick: 'pip' },
    { __typename: 'Robot', id: 'r', name: 'R' },
  ]
  const owned = { item: () => ({ id: 'i' }) }
  const sdl = `type Query @context(name: "root") { owners: [Owner!]!  either: [Either!]!  house: String }
    union Either = Team | Person
    interface Owner @context(name: "owner") { id: ID!  name: String  item: Item! }
    type Team implements Owner @key(fields: "id") @context(name: "own") { id: ID!  name: String  motto: String  item: Item!  thing: Thing! }
    type Person implements Owner @key(fields: "id") @context(name: "own") { id: ID!  name: String  nick: String  item: Item!  things: [Thing!]! }
    type Robot implements Owner @key(fields: "id") { id: ID!  name: String  item: Item! }
    type Item @key(fields: "id") {
      id: ID!
      of(name: String @fromContext(field: "$owner { name }")): String
      by(name: String @fromContext(field: "$owner ... on Team { motto } ... on Person { nick }")): String
      in(house: String @fromContext(field: "$root { house }")): String
    }
    type Thing @key(fields: "id") {
      id: ID!
      by(name: String @fromContext(field: "$own ... on Team { motto } ... on Person { nick }")): String
    }`
  const parts = [
    part('owners', sdl, {
      Query: { owners: () => owners, either: () => owners.slice(0, 2), house: () => 'blue' },
      Team: { ...owned, thing: () => ({ id: 'one' }) },
      Person: { ...owned, things: () => [{ id: 'one' }, { id: 'two' }] },
      Robot: owned,
      Item: {
        __resolveReference: reference,
        of: (_: unknown, given: Row) => seen(given, 'name'),
        by: (_: unknown, given: Row) => seen(given, 'name'),
        in: (_: unknown, given: Row) => seen(given, 'house'),
      },
      Thing: {
        __resolveReference: reference,
        by: ({ id }: Row, given: Row) => `${id} ${seen(given, 'name')}`,
      },
    }),
  ]
  const ask = serving({ parts })

  test('may be any of an interface that sets the context', async () => {
    const { data } = await ask('{ owners { item { of } } }')
    expect(data).toEqual({ owners: ['"T"', '"P"', '"R"'].map((of) => ({ item: { of } })) })
  })

  test('says what is selected of it; where nothing is, the argument is not given', async () => {
    const { data, errors } = await ask('{ owners { item { by } } }')
    expect(errors).toBeUndefined()
    expect(data).toEqual({ owners: ['"go"', '"pip"', 'not given'].map((by) => ({ item: { by } })) })
  })

  test('tells contexts of several types apart', async () => {
    const { data } = await ask('{ either { ... on Team { thing { by } } ... on Person { things { by } } } }')
    expect(data).toEqual({
      either: [{ thing: { by: 'one "go"' } }, { things: [{ by: 'one "pip"' }, { by: 'two "pip"' }] }],
    })
  })

  test('may be the root', async () => {
    const { data, asked } = await ask('{ owners { item { in } } }')
    expect(data).toEqual({ owners: [1, 2, 3].map(() => ({ item: { in: '"blue"' } })) })
    expect(asked).toEqual([2])
  })
})
