import { describe, expect, it } from 'vitest'
import { NODE, placeGraph } from './place-graph.ts'
import { sharedTypes } from './shared-types.ts'

const letters = [...'abcdefghijklmnopqrst']
const described = (name: string, owners: readonly string[], keys: readonly string[]) => ({
  name,
  kind: 'OBJECT' as const,
  description: null,
  owners,
  keys: owners.flatMap((subgraph) => keys.map((fields) => ({ subgraph, fields }))),
  tags: [],
  interfaces: [],
  members: [],
  fields: [],
  values: [],
})
const subgraphs = (count: number) =>
  letters.slice(0, count).map((name) => ({ name, url: '', types: 1, fields: 1 }))

describe('sharedTypes', () => {
  it('pairs the subgraphs that share an entity, with its keys once', () => {
    const types = [
      described('Event', ['a', 'b', 'c'], ['id', 'slug']),
      described('Gate', ['b', 'c'], ['id']),
      described('PageInfo', ['a', 'b'], []),
    ]
    expect(sharedTypes({ subgraphs: subgraphs(4), types })).toEqual([
      { subgraphs: ['a', 'b'], types: [{ name: 'Event', keys: ['id', 'slug'] }] },
      { subgraphs: ['a', 'c'], types: [{ name: 'Event', keys: ['id', 'slug'] }] },
      {
        subgraphs: ['b', 'c'],
        types: [
          { name: 'Event', keys: ['id', 'slug'] },
          { name: 'Gate', keys: ['id'] },
        ],
      },
    ])
  })
})

describe('placeGraph', () => {
  it.each([1, 2, 3, 5, 6, 8, 12, 20])('keeps %i subgraphs within the drawing and apart', (count) => {
    const { nodes, width, height } = placeGraph(letters.slice(0, count), [])
    for (const { x, y } of nodes) {
      expect(x).toBeGreaterThanOrEqual(NODE.width / 2)
      expect(x).toBeLessThanOrEqual(width - NODE.width / 2)
      expect(y).toBeGreaterThanOrEqual(NODE.height / 2)
      expect(y).toBeLessThanOrEqual(height - NODE.height / 2)
    }
    const overlaps = nodes.flatMap((one, index) =>
      nodes
        .slice(index + 1)
        .filter(({ x, y }) => Math.abs(x - one.x) < NODE.width && Math.abs(y - one.y) < NODE.height),
    )
    expect(overlaps).toEqual([])
  })

  it.each([5, 6, 8])('keeps the labels of %i subgraphs apart that all share something', (count) => {
    const shared = sharedTypes({
      subgraphs: subgraphs(count),
      types: [described('Event', letters.slice(0, count), ['id'])],
    })
    const { edges } = placeGraph(letters.slice(0, count), shared)
    expect(edges).toHaveLength((count * (count - 1)) / 2)
    const close = edges.flatMap((one, index) =>
      edges
        .slice(index + 1)
        .filter(({ label }) => Math.hypot(label.x - one.label.x, label.y - one.label.y) < 20),
    )
    expect(close).toEqual([])
  })
})
