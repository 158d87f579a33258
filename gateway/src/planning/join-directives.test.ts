import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { readJoins } from './join-directives.ts'

test('reads labels, shares, contextual fields and the names of keys and required fields', () => {
  const joins = readJoins(
    parse(`
      type User @join__type(graph: A, key: "id org { code }") @join__type(graph: B, key: "id org { code }") {
        x: Int @join__field(graph: A, override: "b", overrideLabel: "percent(2.5)")
        y: Int @join__field(graph: A, override: "b", overrideLabel: "new-y")
        z: Int @join__field(graph: A, requires: "size(unit: CM)")
        w: Int @join__field(graph: A, contextArguments: [{ context: "A__c", name: "n", type: "Int", selection: "{ n }" }])
      }
      interface Media @join__type(graph: A, key: "sku") { sku: ID }
    `),
  )
  expect(joins.overrideLabels).toEqual(['new-y'])
  expect([...joins.overridePercentages]).toEqual([['percent(2.5)', 2.5]])
  expect([...joins.contextualFields]).toEqual(['w'])
  expect([...joins.inputNames.all].sort()).toEqual(['code', 'id', 'n', 'org', 'size', 'sku'])
  expect([...joins.inputNames.called]).toEqual(['size'])
})
