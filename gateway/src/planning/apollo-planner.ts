import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals'
import { QueryPlanner } from '@apollo/query-planner'
import { parse } from 'graphql'
import type { Engine, OverrideChoice } from './engine.ts'
import { documentOf } from './fetched-part.ts'
import { fromApollo } from './from-apollo.ts'
import { type Joins, readJoins } from './join-directives.ts'

/** Every label with whether it is on: what Apollo's planner asks for. */
function conditions(joins: Joins, choice: OverrideChoice): Map<string, boolean> {
  const byName = joins.overrideLabels.map((label) => [label, choice.overrideLabels.includes(label)] as const)
  const byShare = [...joins.overridePercentages].map(
    ([label, share]) => [label, choice.overridePercentage < share] as const,
  )
  return new Map([...byName, ...byShare])
}

/** Apollo's planner, which knows `@defer`. It plans on the thread that calls it and can't be stopped. */
export function apolloPlanner(sdl: string): Engine {
  const document = parse(sdl, { noLocation: true })
  // Composition or the gateway's own load has validated it; validating again would double the start.
  const supergraph = Supergraph.build(document, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  })
  const schema = supergraph.apiSchema()
  const joins = readJoins(document)
  const planner = new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } })
  return {
    async plan(part, choice) {
      const operation = operationFromDocument(schema, documentOf(part))
      const overrideConditions = conditions(joins, choice)
      return fromApollo(planner.buildQueryPlan(operation, { overrideConditions }).node)
    },
  }
}
