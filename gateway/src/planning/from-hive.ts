import type {
  BatchFetchNode,
  FetchNodePathSegment,
  FetchRewrite,
  FlattenNodePathSegment,
  FetchNode as HiveFetch,
  PlanNode as HiveNode,
  RequiresSelection,
} from '@graphql-hive/router-query-planner'
import type {
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

/** The addon writes null where its types say "absent". */
type Optional<Value> = Value | null | undefined

function segmentOf(segment: FlattenNodePathSegment): PathSegment {
  if (segment === '@') return { kind: 'items' }
  if ('Field' in segment) return { kind: 'field', key: segment.Field }
  return { kind: 'types', names: segment.TypeCondition }
}

function rewriteSegmentOf(segment: FetchNodePathSegment): RewriteSegment {
  return 'Key' in segment
    ? { kind: 'field', key: segment.Key }
    : { kind: 'types', names: segment.TypenameEquals }
}

function rewriteOf(rewrite: FetchRewrite): Rewrite {
  if ('KeyRenamer' in rewrite) {
    const { path, renameKeyTo } = rewrite.KeyRenamer
    return { kind: 'rename', path: path.map(rewriteSegmentOf), key: renameKeyTo }
  }
  const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite
  return { kind: 'set', path: path.map(rewriteSegmentOf), value: setValueTo }
}

function requiredOf(selection: RequiresSelection): RequiredSelection {
  switch (selection.kind) {
    case 'Field': {
      const selections = selection.selections?.length ? selection.selections.map(requiredOf) : undefined
      // `name` is where the data have it, and `alias` how the subgraph knows it: the other way round than in our form.
      if (!selection.alias) return { kind: 'field', name: selection.name, alias: undefined, selections }
      return { kind: 'field', name: selection.alias, alias: selection.name, selections }
    }
    case 'InlineFragment': {
      // Never seen: what is required is fetched under its conditions, and missing where they did not hold.
      if (selection.skipIf || selection.includeIf) {
        throw new PlanningFailed('The plan requires a selection under a condition.')
      }
      const { typeCondition, selections } = selection
      return { kind: 'fragment', type: typeCondition, selections: selections.map(requiredOf) }
    }
    case 'FragmentSpread':
      throw new PlanningFailed(`The plan requires a fragment by its name, "${selection.value}".`)
  }
}

const rewritesOf = (rewrites: Optional<FetchRewrite[]>) => (rewrites ?? []).map(rewriteOf)

function operationOf(fetch: HiveFetch | BatchFetchNode) {
  return {
    subgraph: fetch.serviceName,
    document: fetch.operation,
    operationName: fetch.operationName ?? undefined,
    variables: fetch.variableUsages ?? [],
  }
}

function rootFetch(fetch: HiveFetch, path: Path = []): FetchNode {
  const operation = fetch.operationKind ?? 'query'
  const outputRewrites = rewritesOf(fetch.outputRewrites)
  const place = path.length > 0 ? { path } : {}
  return { kind: 'fetch', ...operationOf(fetch), ...place, operation, outputRewrites }
}

function entityFetch(fetch: HiveFetch, path: Path): EntitiesNode {
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

function batchFetch(fetch: BatchFetchNode, above: Path): EntitiesNode {
  const groups = fetch.entityBatch.aliases.map((batch) => ({
    responseKey: batch.alias,
    variable: batch.representationsVariableName,
    paths: batch.paths.map((path) => [...above, ...path.map(segmentOf)]),
    requires: batch.requires.map(requiredOf),
    inputRewrites: rewritesOf(batch.inputRewrites),
    outputRewrites: rewritesOf(batch.outputRewrites),
  }))
  return { kind: 'entities', ...operationOf(fetch), groups }
}

/** A subscription stands first in a sequence; what follows it is done for each event. */
function sequenceOf(nodes: readonly HiveNode[], path: Path): PlanNode | undefined {
  const [first, ...following] = nodes
  if (first?.kind !== 'Subscription') return inSequence(nodes.map((node) => fromHive(node, path)))
  const rest = inSequence(following.map((node) => fromHive(node, path)))
  return { kind: 'subscription', primary: rootFetch(first.primary), rest }
}

/**
 * A plan of Hive's planner in our form.
 *
 * @param path where the node stands, from the root of the data
 * @throws PlanningFailed where our form has no words for it
 */
export function fromHive(node: Optional<HiveNode>, path: Path = []): PlanNode | undefined {
  switch (node?.kind) {
    case undefined:
      return undefined
    case 'Fetch':
      return node.requires ? entityFetch(node, path) : rootFetch(node, path)
    case 'BatchFetch':
      return batchFetch(node, path)
    case 'Flatten':
      return fromHive(node.node, [...path, ...node.path.map(segmentOf)])
    case 'Sequence':
      return sequenceOf(node.nodes, path)
    case 'Parallel':
      return inParallel(node.nodes.map((child) => fromHive(child, path)))
    case 'Condition':
      return onCondition(node.condition, fromHive(node.ifClause, path), fromHive(node.elseClause, path))
    case 'Subscription':
      return sequenceOf([node], path)
    case 'Defer':
      throw new PlanningFailed('This planner does not plan @defer.')
  }
}
