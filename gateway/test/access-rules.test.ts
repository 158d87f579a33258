import { composeServices } from '@apollo/composition'
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import { refusal, satisfies, type Viewer } from '@headcount/access'
import { buildASTSchema, type GraphQLSchema, isObjectType, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { collectNeeds } from '../src/access/collect-needs.ts'
import { policiesHeld, policiesOf } from '../src/access/policies.ts'
import { type AccessRules, accessProblems, accessRules } from '../src/access/rules.ts'

interface Graph {
  readonly rules: AccessRules
  readonly schema: GraphQLSchema
  readonly problems: readonly string[]
}

function compose(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(sdl),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'))
  return supergraphSdl
}

/** A supergraph as Apollo composes it from one subgraph. */
function composed(imports: string, sdl: string): Graph {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`
  const text = compose({ one: `${link} ${sdl}` })
  const supergraph = Supergraph.build(text, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES })
  const document = parse(text)
  return {
    rules: accessRules(document),
    schema: supergraph.apiSchema().toGraphQLJSSchema(),
    problems: accessProblems(document),
  }
}

/** A supergraph that somebody else composed. */
function written(sdl: string): Graph {
  const document = parse(sdl)
  return {
    rules: accessRules(document),
    schema: buildASTSchema(document, { assumeValidSDL: true }),
    problems: accessProblems(document),
  }
}

function object(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object`)
  return type
}

function needed({ rules, schema }: Graph, coordinate: string) {
  const [type = '', field = ''] = coordinate.split('.')
  return rules.needs(object(schema, type), field).map(({ requirement }) => requirement)
}

const token = { isAuthenticated: true, scopes: undefined, policies: undefined }
const scopes = (...sets: string[][]) => ({ isAuthenticated: true, scopes: sets, policies: undefined })
const policies = (...sets: string[][]) => ({ isAuthenticated: false, scopes: undefined, policies: sets })

const venue = `
  type Query { plain: Int  token: Int @authenticated  scope: Int @requiresScopes(scopes: [["a"], ["b", "c"]])
    policy: Int @policy(policies: [["p", "q"], ["r"]])
    all: Int @authenticated @requiresScopes(scopes: [["a"]]) @policy(policies: [["p"]])
    hall: Hall  safe: Safe  code: Code  level: [Level!]! }
  type Hall { name: String  size: Int @policy(policies: [["size"]]) }
  type Safe @policy(policies: [["open"]]) { content: String @requiresScopes(scopes: [["safe"]]) }
  scalar Code @policy(policies: [["code"]])
  enum Level @policy(policies: [["level"]]) { LOW }
`

describe('what a field asks for', () => {
  const names = '"@authenticated", "@requiresScopes", "@policy"'
  const graph = composed(names, venue)

  test.each([
    ['Query.plain', []],
    ['Query.token', [token]],
    ['Query.scope', [scopes(['a'], ['b', 'c'])]],
    ['Query.policy', [policies(['p', 'q'], ['r'])]],
    ['Query.all', [{ isAuthenticated: true, scopes: [['a']], policies: [['p']] }]],
    ['Hall.name', []],
    ['Hall.size', [policies(['size'])]],
    ['Query.hall', []],
    ['Query.safe', [policies(['open'])]],
    ['Safe.content', [policies(['open']), scopes(['safe'])]],
    ['Query.code', [policies(['code'])]],
    ['Query.level', [policies(['level'])]],
  ])('%s, from itself, its object and what it gives', (coordinate, requirements) => {
    expect(needed(graph, coordinate)).toEqual(requirements)
  })

  test('does not depend on what the subgraphs call the directives', () => {
    const renamed = venue
      .replaceAll('@authenticated', '@signedIn')
      .replaceAll('@requiresScopes', '@scopes')
      .replaceAll('@policy', '@rule')
    const imports =
      '{name: "@authenticated", as: "@signedIn"}, {name: "@requiresScopes", as: "@scopes"}, {name: "@policy", as: "@rule"}'
    const other = composed(imports, renamed)
    expect(other.problems).toEqual([])
    for (const coordinate of ['Query.token', 'Query.scope', 'Query.all', 'Safe.content', 'Query.level']) {
      expect(needed(other, coordinate), coordinate).toEqual(needed(graph, coordinate))
    }
  })

  test('is read where a specification as a whole has another name', () => {
    const other = written(`
      schema @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "scopes", for: SECURITY)
        @link(url: "https://specs.apollo.dev/policy/v0.1/", as: "rule", for: SECURITY) { query: Query }
      type Query { a: Int @scopes(scopes: [["x"]])  b: Int @rule(policies: [["y"]]) }`)
    expect(needed(other, 'Query.a')).toEqual([scopes(['x'])])
    expect(needed(other, 'Query.b')).toEqual([policies(['y'])])
  })

  test('is not taken from a directive of that name which is somebody else’s', () => {
    const other = written(`
      schema @link(url: "https://specs.apollo.dev/policy/v0.1", import: [{name: "@policy", as: "@rule"}], for: SECURITY)
        @link(url: "https://example.com/privacy/v1.0", import: ["@policy", "@authenticated"]) { query: Query }
      type Query { a: Int @policy(policies: [["x"]])  b: Int @rule(policies: [["y"]])  c: Int @authenticated }`)
    expect(['Query.a', 'Query.b', 'Query.c'].map((coordinate) => needed(other, coordinate))).toEqual([
      [],
      [policies(['y'])],
      [],
    ])
  })

  test('is read without any link too, rather than passed over', () => {
    const other = written('type Query { a: Int @authenticated  b: Int @policy(policies: [["y"]]) }')
    expect(needed(other, 'Query.a')).toEqual([token])
    expect(needed(other, 'Query.b')).toEqual([policies(['y'])])
  })

  test('nobody meets a requirement that names no set at all', () => {
    const other = written('type Query { a: Int @policy(policies: [])  b: Int @requiresScopes(scopes: []) }')
    const all: Viewer = { kind: 'user', id: 'u', organizationId: 'o', scopes: ['*'], policies: ['p'] }
    for (const coordinate of ['Query.a', 'Query.b']) {
      expect(needed(other, coordinate).some((requirement) => satisfies(all, requirement))).toBe(false)
    }
  })
})

describe('an interface', () => {
  const names = '"@authenticated", "@requiresScopes", "@policy", "@inaccessible", "@key"'

  test('that composition gave the requirements of its objects passes them on to no other object', () => {
    const graph = composed(
      names,
      `type Query { things: [Thing] }
      interface Thing { id: ID  label: String }
      type Lamp implements Thing { id: ID  label: String }
      type Safe implements Thing @policy(policies: [["a"], ["b"]]) { id: ID  label: String @requiresScopes(scopes: [["x"], ["y"]]) }
      type Vault implements Thing @policy(policies: [["b"], ["c"]]) { id: ID  label: String @authenticated @requiresScopes(scopes: [["y"], ["z"]]) }
      type Hidden implements Thing @inaccessible @authenticated { id: ID  label: String @requiresScopes(scopes: [["h"]]) }`,
    )
    expect(needed(graph, 'Query.things')).toEqual([])
    expect(needed(graph, 'Lamp.id')).toEqual([])
    expect(needed(graph, 'Lamp.label')).toEqual([])
    expect(needed(graph, 'Safe.label')).toEqual([policies(['a'], ['b']), scopes(['x'], ['y'])])
    expect(needed(graph, 'Vault.label')).toEqual([policies(['b'], ['c']), scopes(['y'], ['z'])])
  })

  const old = written(`
    type Query { things: [Thing]  lamp: Lamp  other: Other }
    interface Thing @authenticated { id: ID  label: String @requiresScopes(scopes: [["read"]]) }
    type Lamp implements Thing { id: ID  label: String }
    type Safe implements Thing @authenticated { id: ID  label: String @requiresScopes(scopes: [["safe"]]) }
    interface Other @policy(policies: [["o"]]) { id: ID }
    type Both implements Other { id: ID  own: Int }`)

  test('with a requirement of its own asks for it on each of its objects, so that no fragment gets around it', () => {
    expect(needed(old, 'Lamp.label')).toEqual([scopes(['read'])])
    expect(needed(old, 'Safe.label')).toEqual([token, scopes(['safe']), scopes(['read'])])
    expect(needed(old, 'Both.own')).toEqual([policies(['o'])])
    expect(needed(old, 'Query.other')).toEqual([policies(['o'])])
  })

  test('gives what an object asks for to the selections on it, object by object', () => {
    const needs = collectNeeds(parse('{ things { label } }'), old.schema, old.rules)
    expect(needs.map(({ coordinate }) => coordinate)).toEqual(['Safe.label', 'Safe.label', 'Safe.label'])
    const lamp = collectNeeds(parse('{ lamp { __typename label } }'), old.schema, old.rules)
    expect(lamp).toEqual([{ coordinate: 'Lamp.label', requirement: scopes(['read']) }])
  })

  test('of an interfaceObject has its requirement on the objects that it stands for', () => {
    const link = (imports: string) =>
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`
    const text = compose({
      media: `${link('"@key"')} type Query { all: [Media] }
        interface Media @key(fields: "id") { id: ID! } type Book implements Media @key(fields: "id") { id: ID! }`,
      reviews: `${link('"@key", "@interfaceObject", "@policy"')}
        type Media @key(fields: "id") @interfaceObject { id: ID!  score: Int @policy(policies: [["s"]]) }`,
    })
    const schema = Supergraph.build(text, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES })
      .apiSchema()
      .toGraphQLJSSchema()
    const graph = { schema, rules: accessRules(parse(text)), problems: [] }
    expect(needed(graph, 'Book.score')).toEqual([policies(['s'])])
    expect(needed(graph, 'Book.id')).toEqual([])
  })
})

describe('a supergraph is refused', () => {
  const problems = (link: string) => written(`schema ${link} { query: Query } type Query { a: Int }`).problems

  test.each([
    '@link(url: "https://specs.apollo.dev/policy/v0.2")',
    '@link(url: "https://specs.apollo.dev/requiresScopes/v1.0", for: SECURITY)',
    '@link(url: "https://example.com/masking/v1.0", for: SECURITY)',
  ])('with %s, which cannot be enforced', (link) => {
    const url = /"(.*)"/.exec(link)?.[1]
    expect(problems(link)).toEqual([
      `It links ${url} for security, which this gateway does not know and so cannot enforce.`,
    ])
  })

  test.each([
    '@link(url: "https://specs.apollo.dev/policy/v0.1", as: "rule", for: SECURITY)',
    '@link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)',
    '@link(url: "https://example.com/tags/v1.0")',
  ])('but not with %s', (link) => {
    expect(problems(link)).toEqual([])
  })
})

describe('policies', () => {
  const graph = composed('"@policy", "@requiresScopes", "@authenticated"', venue)
  const needs = collectNeeds(
    parse('{ plain policy all hall { size } again: hall { size } }'),
    graph.schema,
    graph.rules,
  )
  const viewer: Viewer = { kind: 'user', id: 'u', organizationId: '', scopes: ['a'], policies: ['p'] }

  test('of an operation are asked about once each, and together, but for those that the token grants', async () => {
    expect(policiesOf(needs)).toEqual(['p', 'q', 'r', 'size'])
    const asked: unknown[] = []
    const held = await policiesHeld({
      policies: policiesOf(needs),
      viewer,
      ask: async (question) => {
        asked.push(question)
        return ['q']
      },
    })
    expect(asked).toEqual([{ viewer, policies: ['q', 'r', 'size'] }])
    expect([...held]).toEqual(['p', 'q'])
    const met = needs.filter(({ requirement }) => satisfies(viewer, requirement, held))
    expect(met.map(({ coordinate }) => coordinate)).toEqual(['Query.policy', 'Query.all'])
  })

  test('are not asked about where an operation names none, or the token grants all', () => {
    const ask = () => {
      throw new Error('asked')
    }
    expect(policiesHeld({ policies: [], viewer, ask })).toEqual(new Set())
    expect(policiesHeld({ policies: ['p'], viewer, ask })).toEqual(new Set(['p']))
  })

  test('hold for nobody who was not said to hold them, and may hold for somebody without a token', () => {
    const [size] = needed(graph, 'Hall.size')
    const [both] = needed(graph, 'Query.all')
    expect(policiesHeld({ policies: ['size'], viewer: undefined, ask: undefined })).toEqual(new Set())
    expect(satisfies(undefined, size)).toBe(false)
    expect(satisfies(undefined, size, new Set(['size']))).toBe(true)
    expect(satisfies(undefined, both, new Set(['p']))).toBe(false)
    expect(satisfies({ ...viewer, scopes: [] }, both)).toBe(false)
    expect(satisfies(viewer, both)).toBe(true)
    expect(satisfies(viewer, both, new Set())).toBe(false)
  })

  test('a refusal names what is missing: a token, scopes, or policies', () => {
    const say = (who: Viewer | undefined, coordinate: string) => {
      const [requirement] = needed(graph, coordinate)
      if (!requirement) throw new Error('nothing is needed')
      const { message, extensions } = refusal(who, coordinate, requirement)
      return `${extensions.code}: ${message}`
    }
    expect(say(undefined, 'Query.policy')).toMatch(/^UNAUTHENTICATED: Query.policy needs a token/)
    expect(say(viewer, 'Query.policy')).toBe('FORBIDDEN: Query.policy needs the policy p and q, or r.')
    expect(say(viewer, 'Query.all')).toBe('FORBIDDEN: Query.all needs the policy p.')
    expect(say({ ...viewer, scopes: [] }, 'Query.all')).toBe(
      'FORBIDDEN: Query.all needs the scope a, and the policy p.',
    )
  })
})
