import type { PlanNode as HiveNode } from '@graphql-hive/router-query-planner'
import { expect, test } from 'vitest'
import { fromHive } from './from-hive.ts'

const fetch = { kind: 'Fetch', serviceName: 'a', operationKind: 'query', operation: '{x}' } as const
const entityFetch = {
  kind: 'Fetch',
  serviceName: 'b',
  operation: 'query($representations:[_Any!]!){_entities(representations: $representations){...on T{y}}}',
} as const
const requires = [
  {
    kind: 'InlineFragment' as const,
    typeCondition: 'T',
    selections: [{ kind: 'Field' as const, name: '__typename' }],
  },
]

test('a required field that was fetched under another key is read there and sent by its name', () => {
  const plan = fromHive({
    ...entityFetch,
    requires: [{ kind: 'Field', name: '_internal_qp_alias_0', alias: 'comments', selections: [] }],
  })
  expect(plan).toMatchObject({
    groups: [
      {
        requires: [{ kind: 'field', name: 'comments', alias: '_internal_qp_alias_0', selections: undefined }],
      },
    ],
  })
})

test('paths keep fields, lists and type conditions in their order', () => {
  const plan = fromHive({
    kind: 'Flatten',
    path: [{ Field: 'list' }, '@', { TypeCondition: ['A', 'B'] }],
    node: { ...entityFetch, requires },
  })
  expect(plan).toMatchObject({
    kind: 'entities',
    groups: [
      {
        responseKey: '_entities',
        variable: 'representations',
        paths: [[{ kind: 'field', key: 'list' }, { kind: 'items' }, { kind: 'types', names: ['A', 'B'] }]],
      },
    ],
  })
})

test('rewrites are taken in both forms that the addon writes', () => {
  const path = [{ TypenameEquals: ['T'] }, { Key: '__typename' }]
  const plan = fromHive({
    ...entityFetch,
    requires,
    inputRewrites: [
      { ValueSetter: { path, setValueTo: 'U' } },
      { kind: 'ValueSetter', path, setValueTo: 'V' },
    ],
    outputRewrites: [{ KeyRenamer: { path: [{ Key: 'k' }], renameKeyTo: 'id' } }],
  })
  const segments = [
    { kind: 'types', names: ['T'] },
    { kind: 'field', key: '__typename' },
  ]
  expect(plan).toMatchObject({
    groups: [
      {
        inputRewrites: [
          { kind: 'set', path: segments, value: 'U' },
          { kind: 'set', path: segments, value: 'V' },
        ],
        outputRewrites: [{ kind: 'rename', path: [{ kind: 'field', key: 'k' }], key: 'id' }],
      },
    ],
  })
})

test('what follows a subscription in its sequence is done for each event', () => {
  const node: HiveNode = {
    kind: 'Sequence',
    nodes: [
      { kind: 'Subscription', primary: { ...fetch, operationKind: 'subscription' } },
      { kind: 'Flatten', path: [{ Field: 't' }], node: { ...entityFetch, requires } },
    ],
  }
  expect(fromHive(node)).toMatchObject({
    kind: 'subscription',
    primary: { operation: 'subscription' },
    rest: { kind: 'entities' },
  })
})

test('a clause that is null is absent, and a condition without clauses is no node', () => {
  const condition = (ifClause: unknown, elseClause: unknown) =>
    ({ kind: 'Condition', condition: 'c', ifClause, elseClause }) as HiveNode
  expect(fromHive(condition(null, fetch))).toMatchObject({
    variable: 'c',
    whenTrue: undefined,
    whenFalse: { kind: 'fetch' },
  })
  expect(fromHive(condition(null, null))).toBeUndefined()
})

test('refuses a plan that our form has no words for', () => {
  const spread = { kind: 'FragmentSpread' as const, value: 'F' }
  expect(() => fromHive({ ...entityFetch, requires: [spread] })).toThrow(
    'requires a fragment by its name, "F"',
  )
  const [fragment] = requires
  const conditional = fragment ? [{ ...fragment, skipIf: 'v' }] : []
  expect(() => fromHive({ ...entityFetch, requires: conditional })).toThrow('under a condition')
})

test('a root type that is entered again below the root is a fetch with a path', () => {
  expect(fromHive({ kind: 'Flatten', path: [{ Field: 'q' }], node: fetch })).toMatchObject({
    kind: 'fetch',
    path: [{ kind: 'field', key: 'q' }],
  })
})
