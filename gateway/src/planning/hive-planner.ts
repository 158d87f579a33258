import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { OperationTypeNode, print } from 'graphql'
import type { Engine, OverrideChoice } from './engine.ts'
import { documentOf, type FetchedPart } from './fetched-part.ts'
import { fromHive } from './from-hive.ts'
import type { PlanNode } from './plan.ts'
import { everyNode, inSequence } from './plan-nodes.ts'
import { serialParts } from './serial-parts.ts'

/**
 * Whether entities are fetched while later root fields of a mutation run: the law wants one field complete before the
 * next begins (https://spec.graphql.org/October2021/#sec-Normal-and-Serial-Execution).
 */
function isOutOfOrder(plan: PlanNode | undefined): boolean {
  const kinds = [...everyNode(plan)].map((node) => node.kind)
  return kinds.includes('entities') && kinds.filter((kind) => kind === 'fetch').length > 1
}

/**
 * Hive Router's planner: a binary beside Node, which plans in the pool of threads and stops when it is told to.
 *
 * @throws Error when there is no binary for this machine, or it does not take the supergraph
 */
export function hivePlanner(sdl: string): Engine {
  const planner = new QueryPlanner(sdl)
  const planPart = async (part: FetchedPart, choice: OverrideChoice, signal: AbortSignal) => {
    const document = print(documentOf(part))
    const labels = new Set(choice.overrideLabels)
    const { node } = await planner.planAsync(document, null, labels, choice.overridePercentage, signal)
    return fromHive(node)
  }
  return {
    async plan(part, choice, signal) {
      const whole = await planPart(part, choice, signal)
      if (part.operation.operation !== OperationTypeNode.MUTATION || !isOutOfOrder(whole)) return whole
      const nodes: (PlanNode | undefined)[] = []
      for (const single of serialParts(part)) nodes.push(await planPart(single, choice, signal))
      return inSequence(nodes)
    },
  }
}
