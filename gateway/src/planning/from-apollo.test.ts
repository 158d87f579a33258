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

test('refuses arguments from a context rather than leave them out', () => {
  const contextRewrites = [
    { kind: 'KeyRenamer', path: ['..', 'lang'], renameKeyTo: 'contextualArgument_1_0' },
  ]
  expect(() => fromApollo(flatten(['a'], { contextRewrites }))).toThrow('@fromContext')
})
