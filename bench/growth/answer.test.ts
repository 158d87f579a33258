import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { answerGenerated } from './answer.ts'
import { supergraphOf } from './graphs.ts'

const ask = (request: Parameters<typeof answerGenerated>[0]) => JSON.parse(answerGenerated(request))

test('a generated graph composes, with as many types and subgraphs as it says, and is kept for other addresses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headcount-graphs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [supergraph = '', again = ''] = [1, 2].map((port) =>
    supergraphOf({ types: 10, subgraphs: 5 }, `http://127.0.0.1:${port}`, folder),
  )
  expect(supergraph.match(/^type T\d+$/gm)).toHaveLength(10)
  expect(supergraph.match(/@join__graph\(.*url: "http:\/\/127\.0\.0\.1:1\/s\d"/g)).toHaveLength(5)
  expect(again).toBe(supergraph.replaceAll('127.0.0.1:1/', '127.0.0.1:2/'))
  expect(readdirSync(folder)).toHaveLength(1)
})

test('entities are answered by their type and id, through aliases, fragments and variables', () => {
  const query = `query Ask($all: [_Any!]!) {
    _entities(representations: $all) { ...F ... on T4 { __typename next { id } } }
  }
  fragment F on T3 { more: extra name }`
  const all = [
    { __typename: 'T3', id: 'a' },
    { __typename: 'T4', id: 'b' },
  ]
  expect(ask({ query, variables: { all }, operationName: 'Ask' })).toEqual({
    data: {
      _entities: [
        { more: 7, name: 'Number a of T3' },
        { __typename: 'T4', next: { id: 'b' } },
      ],
    },
  })
})

test('there are as many items as are asked for, each with an id of its own', () => {
  expect(ask({ query: '{ items(count: 3) { id } }' })).toEqual({
    data: { items: [{ id: '0' }, { id: '1' }, { id: '2' }] },
  })
})
