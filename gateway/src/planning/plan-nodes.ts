import type { EntitiesNode, FetchNode, PlanNode } from './plan.ts'

const isThere = (node: PlanNode | undefined): node is PlanNode => node !== undefined

/** One after another; one node stands for itself, none for nothing. */
export function inSequence(nodes: readonly (PlanNode | undefined)[]): PlanNode | undefined {
  const present = nodes.filter(isThere)
  return present.length > 1 ? { kind: 'sequence', nodes: present } : present[0]
}

/** In any order; one node stands for itself, none for nothing. */
export function inParallel(nodes: readonly (PlanNode | undefined)[]): PlanNode | undefined {
  const present = nodes.filter(isThere)
  return present.length > 1 ? { kind: 'parallel', nodes: present } : present[0]
}

/** Either of two nodes; undefined when neither does anything. */
export function onCondition(
  variable: string,
  whenTrue: PlanNode | undefined,
  whenFalse: PlanNode | undefined,
): PlanNode | undefined {
  return whenTrue || whenFalse ? { kind: 'condition', variable, whenTrue, whenFalse } : undefined
}

/** Nodes directly below. */
export function childrenOf(node: PlanNode): readonly (PlanNode | undefined)[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes
    case 'condition':
      return [node.whenTrue, node.whenFalse]
    case 'defer':
      return [node.primary.node, ...node.deferred.map((deferred) => deferred.node)]
    case 'subscription':
      return [node.primary, node.rest]
    case 'fetch':
    case 'entities':
      return []
  }
}

/** The node and all below, in the order of the plan. */
export function* everyNode(node: PlanNode | undefined): Generator<PlanNode> {
  if (!node) return
  yield node
  for (const child of childrenOf(node)) yield* everyNode(child)
}

type Change = <Node extends FetchNode | EntitiesNode>(node: Node) => Node

/** The same plan with its fetches changed. */
export function withFetches(node: PlanNode | undefined, change: Change): PlanNode | undefined {
  const walk = (child: PlanNode | undefined) => withFetches(child, change)
  switch (node?.kind) {
    case undefined:
      return undefined
    case 'fetch':
    case 'entities':
      return change(node)
    case 'sequence':
      return inSequence(node.nodes.map(walk))
    case 'parallel':
      return inParallel(node.nodes.map(walk))
    case 'condition':
      return onCondition(node.variable, walk(node.whenTrue), walk(node.whenFalse))
    case 'subscription':
      return { ...node, primary: change(node.primary), rest: walk(node.rest) }
    case 'defer':
      return {
        ...node,
        primary: { ...node.primary, node: walk(node.primary.node) },
        deferred: node.deferred.map((block) => ({ ...block, node: walk(block.node) })),
      }
  }
}
