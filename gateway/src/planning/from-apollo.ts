import type {
  FetchNode as ApolloFetch,
  PlanNode as ApolloNode,
  FetchDataRewrite,
  QueryPlan,
  QueryPlanSelectionNode,
} from '@apollo/query-planner'
import type {
  DeferNode,
  EntitiesNode,
  FetchNode,
  Path,
  PathSegment,
  PlanNode,
  RequiredSelection,
  Rewrite,
  RewriteSegment,
} from './plan.ts'
import { inParallel, inSequence, onCondition } from './plan-nodes.ts'
import { PlanningFailed } from './planning-failed.ts'

const onType = '... on '

/** `name`, `@`, or either with the object types that it goes on for: `name|[A,B]`; the root may have types alone. */
function segmentsOf(element: string | number): PathSegment[] {
  const [step = '', types] = String(element).split('|')
  const segments: PathSegment[] = []
  if (step === '@') segments.push({ kind: 'items' })
  else if (step !== '') segments.push({ kind: 'field', key: step })
  if (types !== undefined) segments.push({ kind: 'types', names: types.slice(1, -1).split(',') })
  return segments
}

function rewriteSegmentOf(element: string): RewriteSegment {
  if (element.startsWith(onType)) return { kind: 'types', names: [element.slice(onType.length)] }
  return { kind: 'field', key: element }
}

function rewriteOf(rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path.map(rewriteSegmentOf)
  if (rewrite.kind === 'KeyRenamer') return { kind: 'rename', path, key: rewrite.renameKeyTo }
  return { kind: 'set', path, value: String(rewrite.setValueTo) }
}

function requiredOf(selection: QueryPlanSelectionNode): RequiredSelection {
  const selections = selection.selections?.map(requiredOf)
  if (selection.kind === 'Field') {
    return { kind: 'field', name: selection.name, alias: selection.alias, selections }
  }
  return { kind: 'fragment', type: selection.typeCondition, selections: selections ?? [] }
}

const rewritesOf = (rewrites: FetchDataRewrite[] | undefined) => (rewrites ?? []).map(rewriteOf)

function operationOf(fetch: ApolloFetch) {
  if (fetch.contextRewrites?.length) {
    throw new PlanningFailed('The operation selects a field whose argument is set by @fromContext.')
  }
  return {
    subgraph: fetch.serviceName,
    document: fetch.operation,
    operationName: fetch.operationName,
    variables: fetch.variableUsages ?? [],
    ...(fetch.id === undefined ? {} : { id: fetch.id }),
  }
}

function rootFetch(fetch: ApolloFetch, path: Path = []): FetchNode {
  const outputRewrites = rewritesOf(fetch.outputRewrites)
  const place = path.length > 0 ? { path } : {}
  return { kind: 'fetch', ...operationOf(fetch), ...place, operation: fetch.operationKind, outputRewrites }
}

function entityFetch(fetch: ApolloFetch, path: Path): EntitiesNode {
  const group = {
    responseKey: '_entities',
    variable: 'representations',
    paths: [path],
    requires: (fetch.requires ?? []).map(requiredOf),
    inputRewrites: rewritesOf(fetch.inputRewrites),
    outputRewrites: rewritesOf(fetch.outputRewrites),
  }
  return { kind: 'entities', ...operationOf(fetch), groups: [group] }
}

function deferOf(node: Extract<ApolloNode, { kind: 'Defer' }>, path: Path): DeferNode {
  const { primary, deferred } = node
  return {
    kind: 'defer',
    primary: { selection: primary.subselection, node: walk(primary.node, path) },
    deferred: deferred.map((block) => ({
      depends: block.depends.map(({ id }) => id),
      label: block.label,
      path: block.queryPath,
      selection: block.subselection,
      node: walk(block.node, path),
    })),
  }
}

function walk(node: ApolloNode | undefined, path: Path): PlanNode | undefined {
  switch (node?.kind) {
    case undefined:
      return undefined
    case 'Fetch':
      return node.requires ? entityFetch(node, path) : rootFetch(node, path)
    case 'Flatten':
      return walk(node.node, [...path, ...node.path.flatMap(segmentsOf)])
    case 'Sequence':
      return inSequence(node.nodes.map((child) => walk(child, path)))
    case 'Parallel':
      return inParallel(node.nodes.map((child) => walk(child, path)))
    case 'Condition':
      return onCondition(node.condition, walk(node.ifClause, path), walk(node.elseClause, path))
    case 'Defer':
      return deferOf(node, path)
  }
}

/** A plan of Apollo's planner in our form. @throws PlanningFailed where our form has no words for it */
export function fromApollo(node: QueryPlan['node']): PlanNode | undefined {
  if (node?.kind !== 'Subscription') return walk(node, [])
  return { kind: 'subscription', primary: rootFetch(node.primary), rest: walk(node.rest, []) }
}
