import { expect, test } from 'vitest'
import { randomWorld, type Waste } from './random-world.ts'

const seeds = Array.from({ length: 12 }, (_, index) => index)

test('the same seed gives the same schemas, most drafts compose, and all features come up', () => {
  const waste: Waste = { drafts: 0, refused: new Map() }
  const worlds = seeds.map((seed) => randomWorld(seed, waste))
  expect(worlds[3]).toEqual(randomWorld(3, waste))
  expect(waste.drafts).toBeLessThan(2 * (seeds.length + 1))
  const text = worlds.flatMap(({ world }) => world.subgraphs.map(({ sdl }) => sdl)).join('\n')
  const features = [
    '@key(fields: "id")',
    '@key(fields: "tag { code }")',
    '@key(fields: "region serial")',
    'resolvable: false',
    '@shareable',
    '@requires(fields:',
    '@provides(fields:',
    '@external',
    '@override(from:',
    '@inaccessible',
    '@interfaceObject @key',
    'interface Node @key',
    'union ',
    'type Mutation',
  ]
  expect(features.filter((feature) => !text.includes(feature))).toEqual([])
})
