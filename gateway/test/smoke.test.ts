import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

describe.each(['in-process', 'network'] as const)('with subgraphs %s', (placement) => {
  const graph = venueGraph()
  let served: Served
  let tokens: Tokens

  beforeAll(async () => {
    tokens = await createTokens()
    served = await serve(graph.all, placement, { tokens })
  })
  afterAll(() => served.close())

  test('a query without a token answers', async () => {
    const { status, body } = await served.post({ query: '{ open show { title hall { id next name } } }' })
    expect(body).toEqual({
      data: { open: 'open', show: { title: 'Tosca', hall: { id: 'a', next: 'next at a', name: 'Hall a' } } },
    })
    expect(status).toBe(200)
  })
})
