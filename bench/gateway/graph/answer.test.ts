import { expect, test } from 'vitest'
import { answerSubgraph } from './answer.ts'
import { composeGraph } from './compose.ts'
import { subgraphs } from './subgraphs.ts'

const ask = (name: string, query: string, representations: object[] = []) =>
  JSON.parse(answerSubgraph(name, { query, variables: { representations } }) ?? '') as { data: unknown }
const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`

test('the four subgraphs compose', () => {
  const supergraph = composeGraph('http://127.0.0.1:1', subgraphs)
  expect(supergraph).toContain('@join__graph(name: "inventory", url: "http://127.0.0.1:1/inventory")')
  expect(supergraph).toContain('requires: "price weight"')
  expect(supergraph).toContain('provides: "username"')
})

test('shipping is reckoned from what the gateway sends, and unknown without it', () => {
  const product = { __typename: 'Product', upc: '1' }
  const representations = [
    { ...product, price: 879, weight: 140 },
    { ...product, price: 1249, weight: 1200 },
    product,
  ]
  const query = entities('... on Product { inStock shippingEstimate }')
  expect(ask('inventory', query, representations).data).toEqual({
    _entities: [
      { inStock: true, shippingEstimate: 70 },
      { inStock: true, shippingEstimate: 0 },
      { inStock: true, shippingEstimate: null },
    ],
  })
})

test('entities of several types are answered in the order in which they were asked for', () => {
  const representations = [
    { __typename: 'User', id: '4' },
    { __typename: 'Product', upc: '4' },
    { __typename: 'Review', id: '11' },
  ]
  const query = entities(
    '... on User { reviews { id } } ... on Product { reviews { id } } ... on Review { author { username } }',
  )
  expect(ask('reviews', query, representations).data).toEqual({
    _entities: [
      { reviews: [{ id: '1' }, { id: '2' }] },
      { reviews: [{ id: '10' }, { id: '11' }] },
      { author: { username: 'ingri' } },
    ],
  })
})

test('a subgraph that there is not has no answer', () => {
  expect(answerSubgraph('nobody', { query: '{ me { name } }' })).toBeUndefined()
})
