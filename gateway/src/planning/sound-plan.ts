import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql'
import type { EntitiesNode, FetchNode, PlanNode } from './plan.ts'
import { withFetches } from './plan-nodes.ts'
import { withSentSelections } from './sent-selections.ts'
import type { SubgraphFacts } from './subgraph-facts.ts'
import { fieldOf, fragmentsOf, withFragments, withWholeRepresentations } from './whole-representations.ts'

function textOf(document: DocumentNode, { variableDefinitions = [] }: OperationDefinitionNode) {
  return {
    document: print(document),
    variables: variableDefinitions.map(({ variable }) => variable.name.value),
  }
}

function soundFetch<Node extends FetchNode | EntitiesNode>(node: Node, facts: SubgraphFacts): Node {
  const { subgraph } = node
  const sent = parse(node.document, { noLocation: true })
  const kept = withSentSelections(sent, { subgraph, facts })
  const operation = kept.definitions.find((it) => it.kind === Kind.OPERATION_DEFINITION)
  const same = kept === sent || !operation ? node : { ...node, ...textOf(kept, operation) }
  if (same.kind === 'fetch' || !operation) return same
  const fragments = fragmentsOf(kept)
  const groups = same.groups.map((group) => {
    const set = fieldOf(group, operation.selectionSet)?.selectionSet
    if (!set) return group
    return withWholeRepresentations({ group, entities: withFragments(set, fragments), subgraph, facts })
  })
  return { ...same, groups }
}

/**
 * A plan whose fetches the subgraphs can answer: what planners send too much is left out.
 *
 * @throws PlanningFailed where a fetch asks for what its subgraph can't answer
 */
export function soundPlan(plan: PlanNode | undefined, facts: SubgraphFacts): PlanNode | undefined {
  return withFetches(plan, (node) => soundFetch(node, facts))
}
