import type { DescribedType, GraphDescription } from '@headcount/registry-api'
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/server/endpoint.ts'
import { describeGraph } from '../../src/server/graph/describe-graph.ts'
import { graphEndpoints } from '../../src/server/graph/endpoints.ts'
import { schemaElements } from '../../src/server/usage/schema-coordinates.ts'
import { events, gates, subgraph } from '../fixtures.ts'
import { call, openParts, type TestParts } from '../usage/open-parts.ts'
import { cases, composed } from './supergraphs.ts'

const described = (name: string) => describeGraph(composed(name).supergraphSdl, 7)

function typeOf(graph: GraphDescription, name: string): DescribedType {
  const found = graph.types.find((type) => type.name === name)
  if (!found) throw new Error(`There is no type ${name}`)
  return found
}

function ownersIn(name: string, type: string) {
  return Object.fromEntries(
    typeOf(described(name), type).fields.map((field) => [field.name, field.owners.join()]),
  )
}

/** Every element of the API schema that composition made, as `Type.field(argument: Type = default): Type`. */
function elementsOfApi(sdl: string): string[] {
  const types = Object.values(buildSchema(sdl).getTypeMap())
  return types
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap(elementsOf)
    .sort()
}

function elementsOf(type: GraphQLNamedType): string[] {
  const { name } = type
  const common = `${type.description ?? ''}|`
  if (isEnumType(type)) {
    return [
      `${name}|${common}`,
      ...type
        .getValues()
        .map((one) => `${name}.${one.name}|${one.description ?? ''}|${one.deprecationReason ?? ''}`),
    ]
  }
  if (isUnionType(type)) return [`${name}|${common}${type.getTypes().map(String).sort()}`]
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [`${name}|${common}`]
  const interfaces = isInputObjectType(type) ? '' : type.getInterfaces().map(String).sort().join()
  const fields = Object.values(type.getFields()).flatMap((field) => [
    `${name}.${field.name}: ${field.type}|${field.description ?? ''}|${field.deprecationReason ?? ''}`,
    ...('args' in field ? field.args : []).map(
      (one: GraphQLArgument) =>
        `${name}.${field.name}.${one.name}: ${one.type}|${one.description ?? ''}|${one.deprecationReason ?? ''}`,
    ),
  ])
  return [`${name}|${common}${interfaces}`, ...fields]
}

function elementsOfDescription({ types }: GraphDescription): string[] {
  return types
    .flatMap((type) => [
      `${type.name}|${type.description ?? ''}|${[...(type.kind === 'UNION' ? type.members : type.interfaces)].sort()}`,
      ...type.values.map(
        (one) => `${type.name}.${one.name}|${one.description ?? ''}|${one.deprecationReason ?? ''}`,
      ),
      ...type.fields.flatMap((field) => [
        `${type.name}.${field.name}: ${field.type}|${field.description ?? ''}|${field.deprecationReason ?? ''}`,
        ...field.args.map(
          (one) =>
            `${type.name}.${field.name}.${one.name}: ${one.type}|${one.description ?? ''}|${one.deprecationReason ?? ''}`,
        ),
      ]),
    ])
    .sort()
}

describe.each([...Object.keys(cases), 'this repository'])(
  'the description of a supergraph with %s',
  (name) => {
    it('has exactly what the API schema has: types, fields, arguments, values, texts, deprecations', () => {
      const { supergraphSdl, apiSchemaSdl } = composed(name)
      expect(elementsOfDescription(describeGraph(supergraphSdl, 7))).toEqual(elementsOfApi(apiSchemaSdl))
    })

    it('names an owner of every element, each of them a subgraph, sorted', () => {
      const graph = described(name)
      const names = new Set(graph.subgraphs.map((one) => one.name))
      for (const { coordinate, owners } of schemaElements(graph)) {
        expect(owners.length, coordinate).toBeGreaterThan(0)
        expect(
          owners.every((owner) => names.has(owner)),
          coordinate,
        ).toBe(true)
        expect([...new Set(owners)].sort()).toEqual(owners)
      }
    })
  },
)

it.each(Object.keys(cases))('owners of a field with %s have it in their own text', (name) => {
  const texts = new Map(cases[name]?.map((one) => [one.name, fieldsIn(one.sdl)]))
  for (const type of described(name).types) {
    for (const field of type.fields) {
      for (const owner of field.owners) {
        const holders = [type.name, ...type.interfaces].map((holder) => `${holder}.${field.name}`)
        expect(
          holders.some((holder) => texts.get(owner)?.has(holder)),
          `${owner}: ${type.name}.${field.name}`,
        ).toBe(true)
      }
    }
  }
})

/** `Type.field` of a text. */
function fieldsIn(sdl: string): Set<string> {
  return new Set(
    parse(sdl).definitions.flatMap((one) => {
      if (!('fields' in one) || !one.fields) return []
      return one.fields.map((field) => `${one.name.value}.${field.name.value}`)
    }),
  )
}

describe('the owners of a field', () => {
  it('are those that answer it, not one that requires it or refers to it', () => {
    expect(ownersIn('keys, stubs, shared values and requirements', 'Product')).toEqual({
      ...{
        id: 'products,reviews,stock',
        sku: 'products',
        price: 'products',
        name: 'products',
        title: 'products',
      },
      isCheap: 'stock',
    })
  })

  it('of an object are those of the interface object that brought it', () => {
    expect(ownersIn('interface objects', 'Book')).toEqual({
      ...{ id: 'media', title: 'media', pages: 'media', stars: 'ratings', comments: 'ratings' },
    })
    expect(ownersIn('interface objects', 'Media')).toMatchObject({ id: 'media,ratings', stars: 'ratings' })
  })

  it('that moved is the new one, and both while it moves by degrees', () => {
    expect(ownersIn('fields that moved, at once and by degrees', 'A')).toEqual({
      ...{ id: 'next,old', moved: 'next', moving: 'next,old', stays: 'old' },
    })
  })

  it('are not those that answer it on a path alone', () => {
    expect(ownersIn('contexts, and what is provided', 'Post')).toEqual({ id: 'feed,likes', likes: 'likes' })
  })
})

describe('a described type', () => {
  it('has keys by subgraph, without those that resolve nothing', () => {
    expect(typeOf(described('keys, stubs, shared values and requirements'), 'Product')).toMatchObject({
      owners: ['products', 'reviews', 'stock'],
      keys: [
        { subgraph: 'products', fields: 'id' },
        { subgraph: 'products', fields: 'sku' },
        { subgraph: 'stock', fields: 'id' },
      ],
    })
  })

  it('has tags, also under another name, and members that apps see', () => {
    const graph = described('what is tagged and what is hidden')
    expect(typeOf(graph, 'Open')).toMatchObject({ tags: ['public'], interfaces: ['Node'] })
    expect(typeOf(graph, 'Query').fields[0]).toMatchObject({ name: 'open', tags: ['free', 'public'] })
    expect(typeOf(graph, 'Any').members).toEqual(['Open'])
    expect(typeOf(graph, 'Node').members).toEqual(['Open'])
    const renamed = typeOf(described('specifications under other names'), 'Query')
    expect(renamed.fields.map((field) => [field.name, ...field.tags])).toEqual([['a', 'public'], ['c']])
  })

  it('has defaults as in SDL', () => {
    const graph = described('keys, stubs, shared values and requirements')
    const args = typeOf(graph, 'Query').fields.flatMap((field) => field.args.map((one) => one.defaultValue))
    expect(args).toEqual([null, '10', '{stars: [5]}'])
  })
})

it('counts what each subgraph has a part in', () => {
  expect(described('interface objects').subgraphs).toEqual([
    { name: 'media', url: 'http://media.test/graphql', types: 4, fields: 8 },
    { name: 'ratings', url: 'http://ratings.test/graphql', types: 1, fields: 7 },
  ])
})

describe('GET /graph', () => {
  let parts: TestParts
  let endpoints: Endpoint[]
  beforeAll(async () => {
    parts = await openParts()
    endpoints = graphEndpoints(parts)
  })
  afterAll(() => parts.close())
  const get = (query = {}) => call(endpoints, 'GET /graph', { query })

  it('describes what is live, and any version that composes', async () => {
    await expect(get()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await parts.publish(subgraph('events', events))
    expect((await get()).json).toMatchObject({ version: 1, subgraphs: [{ name: 'events' }] })
    await parts.publish(subgraph('events', events), subgraph('gates', gates))
    expect((await get()).json).toMatchObject({
      version: 2,
      subgraphs: [{ name: 'events' }, { name: 'gates' }],
    })
    expect((await get({ version: '1' })).json).toMatchObject({ version: 1, subgraphs: [{ name: 'events' }] })
    await expect(get({ version: '3' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(get({ version: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})
