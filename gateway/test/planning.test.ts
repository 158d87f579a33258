import { parse, print } from 'graphql'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { readJoins } from '../src/planning/join-directives.ts'
import type { Plan, PlanNode } from '../src/planning/plan.ts'
import { everyNode } from '../src/planning/plan-nodes.ts'
import { createPlanner, type Planner } from '../src/planning/planner.ts'
import { withSafeAliases } from '../src/planning/safe-aliases.ts'
import { compose, subgraph } from './support.ts'

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject", "@override", "@context", "@fromContext", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize"])`

const people = `${link}
  type Query { me: User node: Node users(first: Int): [User!]! found: [Found!] }
  type Mutation { rename(name: String!): User touch: User }
  type Subscription { renamed: User! }
  interface Node { id: ID! }
  union Found = User | Dog
  type User implements Node @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String }
  type Dog implements Node @key(fields: "id") { id: ID! bark: String }
  type Letter @key(fields: "id") { id: ID! text: String }
`
const facts = `${link}
  type Query { other: Int }
  type Mutation { count: Int }
  type User @key(fields: "id") { id: ID! age(unit: String): Int name: String @external label: String @requires(fields: "name") friends: [User!] }
  type Dog @key(fields: "id") { id: ID! age(unit: String): Int }
`
const post = `${link}
  type User @key(fields: "email") { email: String! letters: [Letter!] }
  type Letter @key(fields: "id", resolvable: false) { id: ID! }
`

function composed(parts: Readonly<Record<string, string>>): string {
  return compose(Object.entries(parts).map(([name, sdl]) => subgraph(name, sdl, {})))
}

const sdl = composed({ people, facts, post })
const log = pino({ level: 'silent' })
const opened: Planner[] = []

async function planner(kind: 'hive' | 'apollo', supergraph = sdl): Promise<Planner> {
  const made = await createPlanner({ sdl: supergraph, kind, deadlineMs: 20_000, log })
  opened.push(made)
  return made
}

function ask(on: Planner, document: string, labels: readonly string[] = [], percentage = 100): Promise<Plan> {
  return on.plan({
    document,
    operationName: undefined,
    overrideLabels: new Set(labels),
    overridePercentage: percentage,
  })
}

const kindsOf = (node: PlanNode | undefined) => [...everyNode(node)].map(({ kind }) => kind)

/** The subgraphs in the order of the plan, with a mark where entities are fetched. */
function route(node: PlanNode | undefined): string[] {
  return [...everyNode(node)].flatMap((step) => {
    if (step.kind === 'fetch') return [step.subgraph]
    return step.kind === 'entities' ? [`${step.subgraph}*`] : []
  })
}

afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
})

describe.each(['hive', 'apollo'] as const)('by the planner of %s', (kind) => {
  const ready = planner(kind)

  test('an entity is fetched by the key that its subgraph has', async () => {
    const { root } = await ask(await ready, '{ me { letters { text } age } }')
    const entities = [...everyNode(root)].filter((node) => node.kind === 'entities')
    const byEmail = entities.find((node) => node.subgraph === 'post')
    expect(byEmail?.groups).toMatchObject([
      {
        responseKey: '_entities',
        variable: 'representations',
        paths: [[{ kind: 'field', key: 'me' }]],
        requires: [{ kind: 'fragment', type: 'User' }],
      },
    ])
    expect(JSON.stringify(byEmail?.groups)).toContain('"name":"email"')
    const texts = entities.find((node) => node.subgraph === 'people')
    expect(texts?.groups[0]?.paths).toEqual([
      [{ kind: 'field', key: 'me' }, { kind: 'field', key: 'letters' }, { kind: 'items' }],
    ])
  })

  test('what @requires names is fetched before', async () => {
    const { root } = await ask(await ready, '{ me { label } }')
    expect(kindsOf(root)).toEqual(['sequence', 'fetch', 'entities'])
    expect(route(root)).toEqual(['people', 'facts*'])
    expect(JSON.stringify(root)).toContain('"name":"name"')
  })

  test('each type of an abstract field is required by a fragment of its own', async () => {
    const { root } = await ask(await ready, '{ found { ... on User { age } ... on Dog { age(unit: "m") } } }')
    const entities = [...everyNode(root)].filter((node) => node.kind === 'entities')
    const types = entities.flatMap((node) => node.groups.flatMap(({ requires }) => requires))
    expect(types.map((selection) => selection.kind === 'fragment' && selection.type).sort()).toEqual([
      'Dog',
      'User',
    ])
  })

  test('client variables are named beside the document that uses them', async () => {
    const { root } = await ask(
      await ready,
      'query ($n: Int = 3, $u: String) { users(first: $n) { age(unit: $u) } }',
    )
    const fetches = [...everyNode(root)].filter((node) => node.kind === 'fetch' || node.kind === 'entities')
    expect(fetches.map(({ variables }) => variables)).toEqual([['n'], ['u']])
    expect(fetches[0]?.document).toMatch(/\$n:\s*Int\s*=\s*3/)
  })

  test('a client variable that has the name of a planner variable stays apart from it', async () => {
    const { root } = await ask(
      await ready,
      'query ($representations: String) { me { age(unit: $representations) } }',
    )
    const entities = [...everyNode(root)].find((node) => node.kind === 'entities')
    expect(entities?.variables).toEqual(['representations'])
    const variable = entities?.groups[0]?.variable ?? ''
    expect(variable).not.toBe('representations')
    expect(entities?.document).toContain(`(representations: $${variable})`)
    expect(entities?.document).toContain('age(unit: $representations)')
  })

  test('an alias that has the name of a key leaves the key as it is', async () => {
    const { inputNames } = readJoins(parse(sdl))
    const document = print(withSafeAliases(parse('{ me { id: name age } }'), inputNames))
    const { root } = await ask(await ready, document)
    const [first] = [...everyNode(root)].filter((node) => node.kind === 'fetch')
    expect(first?.document).toMatch(/_as_id:\s*name/)
    expect(first?.document).toMatch(/[{\s]id[\s}]/)
    expect(first?.outputRewrites).toEqual([])
  })

  test('a fetch that depends on a variable stands under its condition', async () => {
    const included = await ask(await ready, 'query ($on: Boolean!) { me { name age @include(if: $on) } }')
    expect([...everyNode(included.root)].find((node) => node.kind === 'condition')).toMatchObject({
      variable: 'on',
      whenTrue: { kind: 'entities', subgraph: 'facts' },
      whenFalse: undefined,
    })
    const skipped = await ask(await ready, 'query ($off: Boolean!) { me { name age @skip(if: $off) } }')
    expect([...everyNode(skipped.root)].find((node) => node.kind === 'condition')).toMatchObject({
      variable: 'off',
      whenTrue: undefined,
      whenFalse: { kind: 'entities', subgraph: 'facts' },
    })
  })

  test('the fields of a mutation are complete one after the other', async () => {
    const { root } = await ask(await ready, 'mutation { rename(name: "x") { age } count touch { age } }')
    expect(kindsOf(root)).not.toContain('parallel')
    expect(route(root)).toEqual(['people', 'facts*', 'facts', 'people', 'facts*'])
    expect(
      [...everyNode(root)].filter((node) => node.kind === 'fetch').map((node) => node.operation),
    ).toEqual(['mutation', 'mutation', 'mutation'])
  })

  test('a mutation field that is selected twice runs once', async () => {
    const document = 'mutation { rename(name: "x") { name } count rename(name: "x") { age } }'
    expect(route((await ask(await ready, document)).root)).toEqual(['people', 'facts*', 'facts'])
  })

  test('what an event lacks is fetched after it', async () => {
    const { root } = await ask(await ready, 'subscription { renamed { name age } }')
    expect(root).toMatchObject({
      kind: 'subscription',
      primary: { kind: 'fetch', operation: 'subscription', subgraph: 'people' },
      rest: { kind: 'entities', subgraph: 'facts' },
    })
  })

  test('nothing is planned for what the gateway answers itself', async () => {
    expect(await ask(await ready, '{ __typename __schema { queryType { name } } }')).toEqual({
      root: undefined,
    })
    const { root } = await ask(await ready, '{ __schema { queryType { name } } me { name } }')
    expect(route(root)).toEqual(['people'])
  })

  test('an operation that the graph cannot answer rejects and others go on', async () => {
    await expect(ask(await ready, '{ nobody }')).rejects.toThrow('nobody')
    expect(route((await ask(await ready, '{ other }')).root)).toEqual(['facts'])
  })

  test('@override by label or share decides by the values of the request', async () => {
    const moved = await planner(
      kind,
      composed({
        a: `${link} type Query { u: U } type U @key(fields: "id") { id: ID! x: Int @override(from: "b", label: "percent(25)") y: Int @override(from: "b", label: "new-y") }`,
        b: `${link} type U @key(fields: "id") { id: ID! x: Int y: Int }`,
      }),
    )
    expect(moved.overrideLabels).toEqual(['new-y'])
    expect(moved.overridePercentages).toEqual([25])
    expect(route((await ask(moved, '{ u { x } }', [], 24.9)).root)).toEqual(['a'])
    expect(route((await ask(moved, '{ u { x } }', [], 25)).root)).toEqual(['a', 'b*'])
    expect(route((await ask(moved, '{ u { y } }', ['new-y'], 100)).root)).toEqual(['a'])
    expect(route((await ask(moved, '{ u { y } }', [], 0)).root)).toEqual(['a', 'b*'])
  })

  test('an object of an @interfaceObject is asked for by the name of its interface', async () => {
    const rated = await planner(
      kind,
      composed({
        a: `${link} type Query { m: Media } interface Media @key(fields: "id") { id: ID! title: String } type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }`,
        b: `${link} type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }`,
      }),
    )
    const { root } = await ask(rated, '{ m { stars } }')
    const entities = [...everyNode(root)].find((node) => node.kind === 'entities')
    expect(entities?.groups[0]?.inputRewrites).toMatchObject([{ kind: 'set', value: 'Media' }])
  })

  test('takes a supergraph with every feature, and says where the values of contexts stand', async () => {
    const full = await planner(
      kind,
      composed({
        a: `${link} type Query { me: U @authenticated s: [U!]! @requiresScopes(scopes: [["a"]]) @listSize(assumedSize: 5) p: Int @policy(policies: [["x"]]) @cost(weight: 3) }
          type U @key(fields: "id") @context(name: "c") { id: ID! lang: String! child: C }
          type C @key(fields: "id") { id: ID! n: Int greet(lang: String @fromContext(field: "$c { lang }")): String }`,
        b: `${link} type U @key(fields: "id") { id: ID! age: Int }`,
      }),
    )
    expect(route((await ask(full, '{ me { age child { n } } s { id } p }')).root)).toEqual(['a', 'b*'])
    const { root } = await ask(full, '{ me { child { greet } } }')
    const entities = [...everyNode(root)].find((node) => node.kind === 'entities')
    const path = [
      { kind: 'types', names: ['U'] },
      { kind: 'field', key: 'lang' },
    ]
    expect(entities?.groups).toMatchObject([
      { contextArguments: [{ isNullable: true, sources: [{ up: 1, path }] }] },
    ])
    expect(entities?.variables).toEqual([])
  })
})

test('@defer is planned as blocks with labels, also one within another', async () => {
  const hive = await planner('hive')
  const { root } = await ask(
    hive,
    '{ me { id ... @defer(label: "outer") { name ... @defer(label: "inner") { age } } } }',
  )
  expect(root).toMatchObject({
    kind: 'defer',
    primary: { selection: '{ me { id } }', node: { kind: 'fetch', id: '0' } },
    deferred: [
      {
        depends: ['0'],
        label: 'outer',
        path: ['me'],
        node: {
          kind: 'defer',
          primary: { selection: '{ name }' },
          deferred: [{ label: 'inner', selection: '{ age }', node: { kind: 'entities', subgraph: 'facts' } }],
        },
      },
    ],
  })
})

test('@defer(if: $variable) is planned both ways under its condition', async () => {
  const { root } = await ask(
    await planner('hive'),
    'query ($c: Boolean!) { me { id ... @defer(if: $c) { age } } }',
  )
  expect(root).toMatchObject({
    kind: 'condition',
    variable: 'c',
    whenTrue: { kind: 'defer' },
    whenFalse: { kind: 'sequence' },
  })
})

test('where the binary does not load, one line says so and the other planner plans', async () => {
  const lines: string[] = []
  const listening = pino({}, { write: (line: string) => void lines.push(line) })
  const fallen = await createPlanner({
    sdl,
    kind: 'hive',
    deadlineMs: 20_000,
    log: listening,
    environment: { NAPI_RS_NATIVE_LIBRARY_PATH: '/nowhere/no.node' },
  })
  opened.push(fallen)
  expect(route((await ask(fallen, '{ me { age } }')).root)).toEqual(['people', 'facts*'])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain("Hive's planner does not run here")
})

test('a supergraph that no planner takes is refused', async () => {
  await expect(planner('apollo', 'type Query { a: Int }')).rejects.toThrow('core schema')
})
