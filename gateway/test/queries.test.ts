import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { type Answer, createTokens, type Served, serve, type Tokens } from './support.ts'

describe.each(['in-process', 'network'] as const)('with subgraphs %s', (placement) => {
  const graph = venueGraph()
  const [halls, shows] = [graph.halls, graph.shows]
  let served: Served
  let tokens: Tokens

  beforeAll(async () => {
    tokens = await createTokens()
    served = await serve(graph.all, placement, { tokens, limits: { fetchMs: 400, requestMs: 700 } })
  })
  afterAll(() => served.close())
  beforeEach(() => {
    halls.asked.length = 0
    shows.asked.length = 0
  })

  /** Asks as somebody with these scopes; nobody when there are none. */
  async function ask(query: string, scope?: string, variables?: Record<string, unknown>): Promise<Answer> {
    const headers: Record<string, string> =
      scope === undefined ? {} : { authorization: `Bearer ${await tokens.withScopes(scope)}` }
    return (await served.post({ query, variables }, headers)).body
  }

  const refusals = (answer: Answer) =>
    (answer.errors ?? []).map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort()

  test('a query across subgraphs answers without a token where nothing asks for one', async () => {
    expect(await ask('{ open show { title hall { id next name } } }')).toEqual({
      data: { open: 'open', show: { title: 'Tosca', hall: { id: 'a', next: 'next at a', name: 'Hall a' } } },
    })
  })

  test('the viewer and the request’s id reach the subgraph', async () => {
    const token = await tokens.withScopes('')
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': 'one-of-mine' }
    const { body, headers: answered } = await served.post({ query: '{ whoami requestId }' }, headers)
    expect(body).toEqual({ data: { whoami: 'usr_1', requestId: 'one-of-mine' } })
    expect(answered.get('x-request-id')).toBe('one-of-mine')
    expect(await ask('{ whoami }')).toEqual({ data: { whoami: null } })
  })

  describe('access', () => {
    test('a field without a token is null with UNAUTHENTICATED, and is not fetched', async () => {
      const answer = await ask('{ hall(id: "a") { id } }')
      expect(answer.data).toEqual({ hall: null })
      expect(refusals(answer)).toEqual(['hall UNAUTHENTICATED'])
      expect(halls.asked).toEqual([])
    })

    test('what is open beside it still answers', async () => {
      const answer = await ask('{ open hall(id: "a") { id } }')
      expect(answer.data).toEqual({ open: 'open', hall: null })
      expect(halls.asked.join()).not.toContain('hall(')
    })

    test.each(['hall:read', 'hall:*', '*', 'plan:read plan:size'])(
      '%s is enough for capacity',
      async (scope) => {
        expect(await ask('{ hall(id: "a") { capacity } }', scope)).toEqual({
          data: { hall: { capacity: 100 } },
        })
      },
    )

    test.each(['', 'plan:read', 'halls:read'])('"%s" is not enough for capacity', async (scope) => {
      const answer = await ask('{ hall(id: "a") { name capacity } }', scope)
      expect(answer.data).toEqual({ hall: { name: 'Hall a', capacity: null } })
      expect(answer.errors?.[0]?.message).toBe(
        'Hall.capacity needs the scope hall:read, or plan:read and plan:size.',
      )
      expect(halls.asked.join()).not.toContain('capacity')
    })

    test('a refused non-null field takes its object along, up to what may be null, in lists too', async () => {
      const answer = await ask('{ hall(id: "a") { name doors { key } } halls { door { colour } } }', '')
      expect(answer.data).toEqual({
        hall: null,
        halls: [{ door: { colour: 'red' } }, { door: { colour: 'red' } }],
      })
      expect(refusals(answer)).toEqual(['hall.doors.0.key FORBIDDEN'])
    })

    test('a refused non-null field under nothing but non-null takes all data', async () => {
      const answer = await ask('{ halls { doors { key } } }', '')
      expect(answer.data).toBeNull()
      expect(answer.errors?.[0]).toMatchObject({
        path: ['halls', 0, 'doors', 0, 'key'],
        extensions: { code: 'FORBIDDEN' },
      })
    })

    test('a nullable field in a list is refused at each place', async () => {
      const answer = await ask('{ halls { id size: capacity } }', '')
      expect(answer.data).toEqual({
        halls: [
          { id: 'a', size: null },
          { id: 'b', size: null },
        ],
      })
      expect(refusals(answer)).toEqual(['halls.0.size FORBIDDEN', 'halls.1.size FORBIDDEN'])
    })

    test('where all selections of an object are refused, its null and its number stay true', async () => {
      const answer = await ask(
        '{ a: hall(id: "none") { capacity } b: hall(id: "b") { capacity } halls { capacity } }',
        '',
      )
      expect(answer.data).toEqual({
        a: null,
        b: { capacity: null },
        halls: [{ capacity: null }, { capacity: null }],
      })
      expect(refusals(answer)).toEqual([
        'b.capacity FORBIDDEN',
        'halls.0.capacity FORBIDDEN',
        'halls.1.capacity FORBIDDEN',
      ])
    })

    test('fragments, named and inline, with conditions, lose the same as fields', async () => {
      const query = `query Q($yes: Boolean!, $no: Boolean!, $id: ID!) {
        hall(id: $id) { ...F ... on Hall @include(if: $yes) { big: capacity } ...G @skip(if: $yes) gone: capacity @include(if: $no) }
      }
      fragment F on Hall { name ...G }
      fragment G on Hall { capacity }`
      const answer = await ask(query, '', { yes: true, no: false, id: 'a' })
      expect(answer.data).toEqual({ hall: { name: 'Hall a', big: null, capacity: null } })
      expect(refusals(answer)).toEqual(['hall.big FORBIDDEN', 'hall.capacity FORBIDDEN'])
    })

    test('a variable that only a refused field used does not make the rest invalid', async () => {
      const answer = await ask('query Q($id: ID!) { open hall(id: $id) { id } }', undefined, { id: 'a' })
      expect(answer.data).toEqual({ open: 'open', hall: null })
    })

    test('an interface’s field is refused for the objects that ask for more, and read from the others', async () => {
      const answer = await ask('{ things { id label ... on Safe { content } } }', '')
      expect(answer.data).toEqual({
        things: [
          { id: 'l', label: 'lamp' },
          { id: 's', label: null, content: null },
        ],
      })
      expect(refusals(answer)).toEqual(['things.1.content FORBIDDEN', 'things.1.label FORBIDDEN'])
      expect(halls.asked.join()).not.toContain('content')
      const all = await ask('{ things { id label } }', 'safe:read')
      expect(all).toEqual({
        data: {
          things: [
            { id: 'l', label: 'lamp' },
            { id: 's', label: 'safe' },
          ],
        },
      })
    })

    test('an object that asks for a scope as a whole is refused wherever it turns up', async () => {
      const query = '{ anything { __typename ... on Ledger { id } ... on Lamp { watts } } }'
      const answer = await ask(query, '')
      // Ledger.id is not null, and neither are the list's items: the error takes all of them.
      expect(answer.data).toBeNull()
      expect(refusals(answer)).toEqual(['anything.1.id FORBIDDEN'])
      const granted = await ask(query, 'ledger:read')
      expect(granted.data).toEqual({
        anything: [
          { __typename: 'Lamp', watts: 5 },
          { __typename: 'Ledger', id: 'g' },
          { __typename: 'Safe' },
        ],
      })
    })

    test('scalars and enums that ask for more refuse the fields that give them', async () => {
      const answer = await ask('{ secretCode level }')
      expect(answer.data).toEqual({ secretCode: null, level: null })
      expect(refusals(answer)).toEqual(['level UNAUTHENTICATED', 'secretCode UNAUTHENTICATED'])
      expect(await ask('{ secretCode level }', 'code:read')).toEqual({
        data: { secretCode: '1234', level: 'LOW' },
      })
    })

    test('a refused mutation is not executed, and its neighbour is', async () => {
      const query = 'mutation { rename(id: "a", name: "x") { name } touch }'
      const answer = await ask(query, '')
      expect(answer.data).toEqual({ rename: null, touch: 1 })
      expect(halls.asked.join()).not.toContain('rename')
      expect(await ask('mutation { touch }')).toMatchObject({ data: null })
    })

    test('a field of another subgraph is refused without asking it', async () => {
      const answer = await ask('{ hall(id: "a") { name price } }', '')
      expect(answer.data).toEqual({ hall: { name: 'Hall a', price: null } })
      expect(shows.asked).toEqual([])
    })

    test('viewers with different rights get different answers to one document', async () => {
      const query = '{ hall(id: "a") { capacity price } }'
      for (let round = 0; round < 2; round += 1) {
        expect((await ask(query, 'hall:read')).data).toEqual({ hall: { capacity: 100, price: null } })
        expect((await ask(query, 'price:read')).data).toEqual({ hall: { capacity: null, price: 12 } })
        expect((await ask(query)).data).toEqual({ hall: null })
        expect(await ask(query, '*')).toEqual({ data: { hall: { capacity: 100, price: 12 } } })
      }
    })
  })

  describe('errors', () => {
    test('a fault of a subgraph tells nothing of it but the request’s id', async () => {
      const { body, headers } = await served.post({ query: '{ open broken brokenBadly }' })
      const requestId = headers.get('x-request-id')
      expect(body.data).toEqual({ open: 'open', broken: null, brokenBadly: null })
      for (const error of body.errors ?? []) {
        expect(error).toEqual({
          message: `Something went wrong on our side; the log has it under ${requestId}.`,
          path: [expect.stringMatching(/^broken/)],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        })
      }
      expect(body.errors).toHaveLength(2)
      expect(JSON.stringify(served.log)).toContain('SELECT * FROM halls')
    })

    test('an error of the catalogue keeps its message and code, and nothing else', async () => {
      const answer = await ask('{ refused }')
      expect(answer.errors).toEqual([
        { message: 'Too often.', path: ['refused'], extensions: { code: 'RATE_LIMITED', retryAfterMs: 5 } },
      ])
    })

    test('a subgraph that does not answer in time leaves the rest of the answer whole', async () => {
      const answer = await ask('{ show { title } slow(ms: 600) }')
      expect(answer.data).toEqual({ show: { title: 'Tosca' }, slow: null })
      expect(answer.errors).toEqual([
        {
          message: 'A part of the graph did not answer; try again.',
          path: ['slow'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
        },
      ])
    })
  })
})

test('a request that takes too long is given up with 504', async () => {
  const served = await serve(venueGraph().all, 'in-process', { limits: { requestMs: 100 } })
  const headers = { accept: 'application/graphql-response+json' }
  const { status, body } = await served.post({ query: '{ slow(ms: 1000) }' }, headers)
  expect(status).toBe(504)
  expect(body.errors?.[0]?.extensions.code).toBe('DEADLINE_EXCEEDED')
  await served.close()
})

test('a subgraph that is down costs its own part of the answer, and its address is not told', async () => {
  const graph = venueGraph()
  const served = await serve([graph.shows, graph.halls], 'in-process', {
    moved: { halls: { url: 'http://127.0.0.1:9/graphql' } },
  })
  const { status, body } = await served.post({ query: '{ open show { title hall { name } } }' })
  expect(status).toBe(200)
  expect(body.data).toBeNull()
  expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|halls/)
  const { body: partial } = await served.post({ query: '{ requestId show { title } }' })
  expect(partial.data).toEqual({ requestId: null, show: { title: 'Tosca' } })
  expect(partial.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE'])
  await served.close()
})
