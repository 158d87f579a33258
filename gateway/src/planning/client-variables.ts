import { type ASTNode, parse, print, visit } from 'graphql'
import type { FetchedPart } from './fetched-part.ts'
import type { EntityGroup, PlanNode } from './plan.ts'
import { withFetches } from './plan-nodes.ts'

/** Names that planners give to variables of their own, without a look at the client's. */
const isPlanners = (name: string) =>
  name === 'representations' || name.startsWith('__batch_reps_') || name.startsWith('contextualArgument_')

function withVariables<Node extends ASTNode>(node: Node, rename: (name: string) => string): Node {
  return visit(node, {
    Variable: (variable) => ({ ...variable, name: { ...variable.name, value: rename(variable.name.value) } }),
  })
}

function restoreGroup(group: EntityGroup, restoreName: (name: string) => string): EntityGroup {
  const contextArguments = group.contextArguments?.map((argument) => ({
    ...argument,
    variable: restoreName(argument.variable),
  }))
  return {
    ...group,
    variable: restoreName(group.variable),
    ...(contextArguments ? { contextArguments } : {}),
  }
}

/** A name that is not taken yet. */
function freeName(wish: string, taken: Set<string>): string {
  let name = wish
  while (taken.has(name)) name = `${name}_`
  taken.add(name)
  return name
}

/** An operation whose variables no planner takes for its own, and the way back for its plan. */
export interface FreedVariables {
  readonly part: FetchedPart
  restore(plan: PlanNode | undefined): PlanNode | undefined
}

/**
 * Two planners declare `$representations` beside a client's variable of that name. Such a variable has another name
 * while the operation is planned; in the plan it has its own again, and the planner's has another.
 */
export function freeVariables(part: FetchedPart): FreedVariables {
  const names = (part.operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
  const clashing = names.filter(isPlanners)
  if (clashing.length === 0) return { part, restore: (plan) => plan }
  const taken = new Set(names)
  const lent = new Map(clashing.map((name) => [name, freeName('client', taken)]))
  const lend = (name: string) => lent.get(name) ?? name
  const back = new Map([...lent].map(([own, other]) => [other, own]))
  const given = new Map<string, string>()
  const restoreName = (name: string) => {
    const own = back.get(name)
    if (own !== undefined || !isPlanners(name)) return own ?? name
    const known = given.get(name) ?? freeName('entities', taken)
    given.set(name, known)
    return known
  }
  return {
    part: {
      operation: withVariables(part.operation, lend),
      fragments: part.fragments.map((fragment) => withVariables(fragment, lend)),
    },
    restore: (plan) =>
      withFetches(plan, (node) => ({
        ...node,
        document: print(withVariables(parse(node.document), restoreName)),
        variables: node.variables.map(restoreName),
        ...('groups' in node ? { groups: node.groups.map((group) => restoreGroup(group, restoreName)) } : {}),
      })),
  }
}
