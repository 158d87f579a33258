import type {
  FetchNode as ApolloFetch,
  PlanNode as ApolloNode,
  FetchDataRewrite,
  QueryPlan,
  QueryPlanSelectionNode,
} from '@apollo/query-planner'
import { Kind, parse, type TypeNode } from 'graphql'
import type {
  ContextArgument,
  ContextSource,
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
import { everyNode, inParallel, inSequence, onCondition } from './plan-nodes.ts'
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

/** Variables that the planner makes for arguments of `@fromContext`. */
const isContextual = (variable: string) => variable.startsWith('contextualArgument_')

/** A path that goes up by `..` from the fetched objects, then down to the value. */
function contextSourceOf(rewrite: FetchDataRewrite, path: Path): ContextSource {
  const up = rewrite.path.findIndex((element) => element !== '..')
  const fields = path.filter(({ kind }) => kind === 'field')
  if (up < 0 || up > fields.length) throw new PlanningFailed('The plan has a context that stands nowhere.')
  return { up, path: rewrite.path.slice(up).map(rewriteSegmentOf) }
}

function variableTypesOf(document: string): ReadonlyMap<string, TypeNode> {
  const [operation] = parse(document, { noLocation: true }).definitions
  const definitions = operation?.kind === Kind.OPERATION_DEFINITION ? operation.variableDefinitions : []
  return new Map((definitions ?? []).map(({ variable, type }) => [variable.name.value, type]))
}

/** @throws PlanningFailed where the planner does not say where a value stands: null in its place would be wrong data */
function contextArgumentsOf(fetch: ApolloFetch, path: Path): ContextArgument[] {
  const variables = (fetch.variableUsages ?? []).filter(isContextual)
  if (variables.length === 0) return []
  const types = variableTypesOf(fetch.operation)
  return variables.map((variable) => {
    const sources = (fetch.contextRewrites ?? [])
      .filter((rewrite) => rewrite.kind === 'KeyRenamer' && rewrite.renameKeyTo === variable)
      .map((rewrite) => contextSourceOf(rewrite, path))
    if (sources.length === 0) throw new PlanningFailed(`The plan does not say where $${variable} stands.`)
    return { variable, isNullable: types.get(variable)?.kind !== Kind.NON_NULL_TYPE, sources }
  })
}

function operationOf(fetch: ApolloFetch) {
  return {
    subgraph: fetch.serviceName,
    document: fetch.operation,
    operationName: fetch.operationName,
    variables: (fetch.variableUsages ?? []).filter((variable) => !isContextual(variable)),
    ...(fetch.id === undefined ? {} : { id: fetch.id }),
  }
}

function rootFetch(fetch: ApolloFetch, path: Path = []): FetchNode {
  // Above the fields of a root type stands nothing; the planner asks for their objects once more, by key.
  if (fetch.variableUsages?.some(isContextual)) {
    throw new PlanningFailed('The plan has a context for fields of a root type.')
  }
  const outputRewrites = rewritesOf(fetch.outputRewrites)
  const place = path.length > 0 ? { path } : {}
  return { kind: 'fetch', ...operationOf(fetch), ...place, operation: fetch.operationKind, outputRewrites }
}

function entityFetch(fetch: ApolloFetch, path: Path): EntitiesNode {
  const contextArguments = contextArgumentsOf(fetch, path)
  const group = {
    responseKey: '_entities',
    variable: 'representations',
    paths: [path],
    requires: (fetch.requires ?? []).map(requiredOf),
    inputRewrites: rewritesOf(fetch.inputRewrites),
    outputRewrites: rewritesOf(fetch.outputRewrites),
    ...(contextArguments.length > 0 ? { contextArguments } : {}),
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

/** How deep the objects stand whose arguments a context sets, in any fetch of a node; undefined = there are none. */
function contextualDepth(node: PlanNode): number | undefined {
  const groups = [...everyNode(node)].flatMap((child) => (child.kind === 'entities' ? child.groups : []))
  const contextual = groups.filter(({ contextArguments }) => contextArguments !== undefined)
  return contextual.length === 0
    ? undefined
    : Math.min(...contextual.flatMap(({ paths }) => paths.map((path) => path.length)))
}

/**
 * The planner puts fetches beside each other of which one has the values that another one's context wants, where a
 * subgraph gives the way and another one the values. So all that want a context come later, those higher up first:
 * contexts stand above. The executor lets each wait for what it reads alone.
 */
function besideEachOther(nodes: readonly (PlanNode | undefined)[]): PlanNode | undefined {
  const free: PlanNode[] = []
  const contextual: { node: PlanNode; depth: number }[] = []
  for (const node of nodes) {
    const depth = node && contextualDepth(node)
    if (node && depth !== undefined) contextual.push({ node, depth })
    else if (node) free.push(node)
  }
  const inOrder = contextual.toSorted((one, other) => one.depth - other.depth).map(({ node }) => node)
  return inSequence([inParallel(free), ...inOrder])
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
      return besideEachOther(node.nodes.map((child) => walk(child, path)))
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
