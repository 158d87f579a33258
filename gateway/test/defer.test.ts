import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serve, subgraph } from './support.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])'

/** People of one subgraph, whose reviews another one gives when it is let. */
function graph() {
  let letGo = () => {}
  const held = { promise: Promise.resolve() }
  const people = [
    { id: 'p1', name: 'Ada' },
    { id: 'p2', name: 'Ben' },
  ]
  const parts = [
    subgraph(
      'people',
      `${link}\ntype Query { people: [Person!]!  nobody: Person } type Person @key(fields: "id") { id: ID! name: String! }`,
      {
        Query: { people: () => people, nobody: () => null },
        Person: { __resolveReference: ({ id }: { id: string }) => people.find((person) => person.id === id) },
      },
    ),
    subgraph(
      'reviews',
      `${link}\ntype Person @key(fields: "id") { id: ID! reviews: [Review!]! rating: Int! broken: String! }
      type Review { text: String! }`,
      {
        Person: {
          __resolveReference: async ({ id }: { id: string }) => {
            await held.promise
            return { id }
          },
          reviews: ({ id }: { id: string }) => [{ text: `about ${id}` }],
          rating: () => 5,
          broken: () => Promise.reject(new Error('no')),
        },
      },
    ),
  ]
  const hold = () => {
    held.promise = new Promise<void>((resolve) => {
      letGo = resolve
    })
    return () => letGo()
  }
  return { parts, hold }
}

let served: Served
const { parts, hold } = graph()
beforeAll(async () => {
  served = await serve(parts, 'in-process')
})
afterAll(() => served.close())

interface Payload {
  readonly data?: unknown
  readonly incremental?: readonly {
    readonly path: unknown
    readonly label?: string
    readonly data: unknown
    readonly errors?: readonly { path: unknown }[]
  }[]
  readonly hasNext: boolean
}

/** Asks for an answer in parts, and reads them as they come. */
async function* ask(query: string, variables: Record<string, unknown> = {}): AsyncGenerator<Payload> {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'multipart/mixed;deferSpec=20220824, application/json',
    },
    body: JSON.stringify({ query, variables }),
  })
  if (!response.headers.get('content-type')?.startsWith('multipart/mixed')) {
    yield { ...((await response.json()) as Payload), hasNext: false }
    return
  }
  expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="-"; deferSpec=20220824')
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString()
    for (let end = text.indexOf('\r\n---'); end !== -1; end = text.indexOf('\r\n---')) {
      const body = text.slice(0, end).split('\r\n\r\n')[1]
      text = text.slice(end + '\r\n---'.length)
      if (body !== undefined) yield JSON.parse(body) as Payload
    }
  }
  expect(text).toBe('--\r\n')
}

async function all(query: string, variables?: Record<string, unknown>): Promise<Payload[]> {
  const payloads: Payload[] = []
  for await (const payload of ask(query, variables)) payloads.push(payload)
  return payloads
}

test('what is deferred comes later, and does not hold up the rest', async () => {
  const letGo = hold()
  const answer = ask('{ people { name ... on Person @defer(label: "more") { reviews { text } } } }')
  const first = await answer.next()
  expect(first.value).toEqual({ data: { people: [{ name: 'Ada' }, { name: 'Ben' }] }, hasNext: true })
  letGo()
  const rest: Payload[] = []
  for await (const payload of answer) rest.push(payload)
  expect(rest.flatMap(({ incremental = [] }) => incremental)).toEqual([
    { label: 'more', path: ['people', 0], data: { reviews: [{ text: 'about p1' }] } },
    { label: 'more', path: ['people', 1], data: { reviews: [{ text: 'about p2' }] } },
  ])
  expect(rest.at(-1)?.hasNext).toBe(false)
})

test('a client that takes one answer gets all in one', async () => {
  const { body } = await served.post({ query: '{ people { name ... @defer { rating } } }' })
  expect(body).toEqual({
    data: {
      people: [
        { name: 'Ada', rating: 5 },
        { name: 'Ben', rating: 5 },
      ],
    },
  })
})

test('@defer can be switched off by a variable', async () => {
  const query = 'query Q($later: Boolean!) { people { id ... @defer(if: $later) { rating } } }'
  expect(await all(query, { later: false })).toEqual([
    {
      data: {
        people: [
          { id: 'p1', rating: 5 },
          { id: 'p2', rating: 5 },
        ],
      },
      hasNext: false,
    },
  ])
  expect((await all(query, { later: true }))[0]).toEqual({
    data: { people: [{ id: 'p1' }, { id: 'p2' }] },
    hasNext: true,
  })
})

test('parts within parts come after the one around them', async () => {
  const payloads = await all(
    '{ people { id ... @defer(label: "outer") { rating ... @defer(label: "inner") { reviews { text } } } } }',
  )
  const labels = payloads.flatMap(({ incremental = [] }) => incremental.map(({ label }) => label))
  expect(labels.indexOf('outer')).toBeLessThan(labels.indexOf('inner'))
  expect(labels.toSorted()).toEqual(['inner', 'inner', 'outer', 'outer'])
})

test('an error in a part stands in that part, which is null where it may not have a null', async () => {
  const payloads = await all('{ people { id ... @defer { broken } } }')
  const found = payloads.flatMap(({ incremental = [] }) => incremental)
  expect(found.map(({ path, data }) => [path, data])).toEqual([
    [['people', 0], null],
    [['people', 1], null],
  ])
  expect(found.map(({ errors = [] }) => errors.map(({ path }) => path))).toEqual([
    [['people', 0, 'broken']],
    [['people', 1, 'broken']],
  ])
})

test('a part of what is null never comes', async () => {
  const payloads = await all('{ nobody { id ... @defer { rating } } }')
  expect(payloads[0]).toEqual({ data: { nobody: null }, hasNext: true })
  expect(payloads.flatMap(({ incremental = [] }) => incremental)).toEqual([])
  expect(payloads.at(-1)?.hasNext).toBe(false)
})
