import { composeServices } from '@apollo/composition'
import {
  execute,
  GraphQLObjectType,
  getIntrospectionQuery,
  parse,
  printSchema,
  validate,
  validateSchema,
} from 'graphql'
import { expect, test } from 'vitest'
import { buildSupergraph } from './build-supergraph.ts'
import { SupergraphRefused } from './supergraph-refused.ts'

const imports = [
  '@key',
  '@inaccessible',
  '@tag',
  '@authenticated',
  '@requiresScopes',
  '@policy',
  '@cost',
  '@listSize',
  '@cacheTag',
]
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ${JSON.stringify(imports)})`

function composed(parts: Readonly<Record<string, string>>): string {
  const services = Object.entries(parts).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(`${link} ${sdl}`),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.join('\n'))
  return supergraphSdl
}

const sdl = composed({
  a: `directive @trace(name: String!) on FIELD
    type Query { me: User @authenticated list(first: Int): [User!]! @listSize(slicingArguments: ["first"]) @requiresScopes(scopes: [["read"]]) }
    type User @key(fields: "id") @cacheTag(format: "user") { id: ID! secret: Int @inaccessible name: String @policy(policies: [["p"]]) @cost(weight: 2) }`,
  b: `directive @trace(name: String!) on FIELD
    type User @key(fields: "id") { id: ID! age: Int @tag(name: "t") }`,
})

function reasonsFor(text: string): readonly string[] {
  try {
    buildSupergraph(text)
    return []
  } catch (error) {
    if (error instanceof SupergraphRefused) return error.reasons
    throw error
  }
}

test('clients see no federation, nothing inaccessible, and @defer', () => {
  const { apiSchema } = buildSupergraph(sdl)
  const text = printSchema(apiSchema)
  expect(text).not.toMatch(/join__|link__|secret|@key|requiresScopes|listSize|federation/)
  expect(text).toContain(
    'directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT',
  )
  const user = apiSchema.getType('User')
  expect(user instanceof GraphQLObjectType && Object.keys(user.getFields()).sort()).toEqual([
    'age',
    'id',
    'name',
  ])
})

test('directives for operations that all subgraphs know stay', () => {
  const { apiSchema } = buildSupergraph(sdl)
  expect(validate(apiSchema, parse('{ me { id @trace(name: "x") } }'))).toEqual([])
})

test('the schema is valid, and the full introspection query answers', () => {
  const { apiSchema } = buildSupergraph(sdl)
  expect(validateSchema(apiSchema)).toEqual([])
  const query = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
  })
  expect(execute({ schema: apiSchema, document: parse(query) })).not.toHaveProperty('errors')
})

test('subgraphs are named with their addresses', () => {
  expect(buildSupergraph(sdl).subgraphs).toEqual([
    { name: 'a', url: 'http://a.invalid/graphql' },
    { name: 'b', url: 'http://b.invalid/graphql' },
  ])
})

test('all reasons of a refusal are told', () => {
  const unknown = (name: string) =>
    `extend schema @link(url: "https://example.com/${name}/v1.0", for: SECURITY)`
  expect(reasonsFor(`${sdl}\n${unknown('one')}\n${unknown('two')}`)).toEqual([
    expect.stringContaining('example.com/one/v1.0'),
    expect.stringContaining('example.com/two/v1.0'),
  ])
})

test.each([
  ['type', 'It is not GraphQL: Syntax Error'],
  ['type Query { a: Int }', 'must be a core schema'],
  [sdl.replaceAll('join/v0.5', 'join/v9.5'), 'unsupported join spec version v9.5'],
  [sdl.replace('graph: A', 'graph: NOPE'), 'join__type'],
])('a supergraph that cannot serve is refused with its reason (%#)', (text, reason) => {
  expect(reasonsFor(text)).toEqual([expect.stringContaining(reason)])
})
