import { GraphQLError } from 'graphql'
import { afterAll, expect, test } from 'vitest'
import { part } from './federation/ask.ts'
import { type Served, serve } from './support.ts'

const closing: Served[] = []
afterAll(() => Promise.all(closing.map((served) => served.close())))

async function start(subgraphErrors: 'all' | 'catalogue' | undefined, placement: 'in-process' | 'network') {
  const shelf = part('shelf', 'type Query { book: String  note: String }', {
    Query: {
      book: () => {
        const traces = { stacktrace: ['a.ts'], exception: { stack: 'b.ts' } }
        throw new GraphQLError('It is lent.', { extensions: { code: 'LENT', until: 'May', ...traces } })
      },
      note: () => {
        throw new Error('It is lost.')
      },
    },
  })
  const served = await serve([shelf], placement, { subgraphErrors })
  closing.push(served)
  return served
}

test.each(['in-process', 'network'] as const)(
  'errors of subgraphs %s reach clients as they are where the operator wants it, without stack traces',
  async (placement) => {
    const served = await start('all', placement)
    const { body } = await served.post({ query: '{ book note }' })
    expect(body.errors).toHaveLength(2)
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { message: 'It is lent.', path: ['book'], extensions: { code: 'LENT', until: 'May' } },
        expect.objectContaining({ message: 'It is lost.', path: ['note'] }),
      ]),
    )
    expect(JSON.stringify(body)).not.toContain('.ts')
  },
)

test('by default only codes of the catalogue do', async () => {
  const served = await start(undefined, 'in-process')
  const { body } = await served.post({ query: '{ book note }' })
  const codes = body.errors?.map(({ extensions }) => extensions.code)
  expect(codes).toEqual(['INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR'])
  expect(JSON.stringify(body)).not.toMatch(/lent|lost|May/)
})

test('a subgraph that does not answer is never more than that', async () => {
  const gone = part('gone', 'type Query { book: String }', {})
  const moved = { gone: { url: 'http://127.0.0.1:9/graphql' } }
  const served = await serve([gone], 'network', { subgraphErrors: 'all', moved })
  closing.push(served)
  const { body } = await served.post({ query: '{ book }' })
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE'])
  expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|gone/)
})
