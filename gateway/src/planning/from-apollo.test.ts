import type { QueryPlan } from '@apollo/query-planner'
import { expect, test } from 'vitest'
import { fromApollo } from './from-apollo.ts'

const entityFetch = {
  kind: 'Fetch',
  serviceName: 'b',
  operation: 'query($representations:[_Any!]!){_entities(representations:$representations){...on T{y}}}',
  operationName: undefined,
  operationKind: 'query',
  requires: [{ kind: 'Field', name: 'id' }],
} as const

const flatten = (path: string[], extra: object = {}) =>
  ({ kind: 'Flatten', path, node: { ...entityFetch, ...extra } }) as unknown as NonNullable<QueryPlan['node']>

test('a path element is a key or a list, with the types that it goes on for', () => {
  const plan = fromApollo(flatten(['|[Q]', 'a|[A,B]', '@', 'b', '@|[C]']))
  expect(plan).toMatchObject({
    groups: [
      {
        paths: [
          [
            { kind: 'types', names: ['Q'] },
            { kind: 'field', key: 'a' },
            { kind: 'types', names: ['A', 'B'] },
            { kind: 'items' },
            { kind: 'field', key: 'b' },
            { kind: 'items' },
            { kind: 'types', names: ['C'] },
          ],
        ],
      },
    ],
  })
})

test('rewrites name types by "... on"', () => {
  const plan = fromApollo(
    flatten(['a'], {
      inputRewrites: [{ kind: 'ValueSetter', path: ['... on M', '__typename'], setValueTo: 'M' }],
      outputRewrites: [{ kind: 'KeyRenamer', path: ['x', 'id__alias_0'], renameKeyTo: 'id' }],
    }),
  )
  const typePath = [
    { kind: 'types', names: ['M'] },
    { kind: 'field', key: '__typename' },
  ]
  const keyPath = [
    { kind: 'field', key: 'x' },
    { kind: 'field', key: 'id__alias_0' },
  ]
  expect(plan).toMatchObject({
    groups: [
      {
        inputRewrites: [{ kind: 'set', path: typePath, value: 'M' }],
        outputRewrites: [{ kind: 'rename', path: keyPath, key: 'id' }],
      },
    ],
  })
})

const contextual = {
  operation:
    'query($representations:[_Any!]!$v:Int$contextualArgument_1_0:String$contextualArgument_1_1:Int!){_entities(representations:$representations){...on T{y(v:$v a:$contextualArgument_1_0 b:$contextualArgument_1_1)}}}',
  variableUsages: ['v', 'contextualArgument_1_0', 'contextualArgument_1_1'],
  contextRewrites: [
    { kind: 'KeyRenamer', path: ['..', '... on A', 'x'], renameKeyTo: 'contextualArgument_1_0' },
    { kind: 'KeyRenamer', path: ['..', '..', 'p', 'n'], renameKeyTo: 'contextualArgument_1_1' },
    { kind: 'KeyRenamer', path: ['..', '... on B', 'y'], renameKeyTo: 'contextualArgument_1_0' },
  ],
}

test('arguments from contexts are variables with the places where their values stand', () => {
  const field = (key: string) => ({ kind: 'field', key })
  const types = (...names: string[]) => ({ kind: 'types', names })
  expect(fromApollo(flatten(['us', '@', 'child'], contextual))).toMatchObject({
    variables: ['v'],
    groups: [
      {
        contextArguments: [
          {
            variable: 'contextualArgument_1_0',
            isNullable: true,
            sources: [
              { up: 1, path: [types('A'), field('x')] },
              { up: 1, path: [types('B'), field('y')] },
            ],
          },
          {
            variable: 'contextualArgument_1_1',
            isNullable: false,
            sources: [{ up: 2, path: [field('p'), field('n')] }],
          },
        ],
      },
    ],
  })
})

test('what wants a context comes after what may have its value, those higher up first', () => {
  const nodes = [
    flatten(['us', '@', 'child', 'below'], contextual),
    flatten(['us', '@', 'child'], contextual),
    flatten(['us', '@'], { serviceName: 'values' }),
    flatten(['us', '@'], { serviceName: 'more' }),
  ]
  const plan = fromApollo({ kind: 'Parallel', nodes } as unknown as QueryPlan['node'])
  expect(plan).toMatchObject({
    kind: 'sequence',
    nodes: [
      { kind: 'parallel', nodes: [{ subgraph: 'values' }, { subgraph: 'more' }] },
      { groups: [{ paths: [{ length: 3 }] }] },
      { groups: [{ paths: [{ length: 4 }] }] },
    ],
  })
})

test('refuses a context whose value stands nowhere, and one for fields of a root type', () => {
  const [first] = contextual.contextRewrites
  const away = (contextRewrites: object[]) => () =>
    fromApollo(flatten(['us', '@', 'child'], { ...contextual, contextRewrites }))
  expect(away([])).toThrow('$contextualArgument_1_0')
  const tooFar = { ...first, path: ['..', '..', '..', 'x'] }
  expect(away([tooFar, ...contextual.contextRewrites])).toThrow('stands nowhere')
  const root = { ...entityFetch, ...contextual, requires: undefined }
  expect(() => fromApollo(root as unknown as QueryPlan['node'])).toThrow('root type')
})
