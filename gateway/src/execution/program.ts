import type { DocumentNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { EntitiesNode, EntityGroup, FetchNode, Plan } from '../planning/plan.ts'
import type { Dispatch, SubgraphOperation } from '../upstream/dispatch.ts'
import { compileDeferred, type Deferred, selectionSetOf } from './deferred.ts'
import { type CompiledGroup, compileGroup, compileTargets } from './entities.ts'
import { canPassThrough } from './pass-through.ts'
import type { PossibleTypes } from './possible-types.ts'
import { compileProjection, type Project } from './project.ts'
import type { KeyTree } from './provided-keys.ts'
import { isWrittenUnevenly, type Step, schedule } from './schedule.ts'
import { type SendByContext, sendByContext } from './send-by-context.ts'
import { type Refuse, type SelectionShape, Shapes, type Switches } from './shape.ts'

/** One request to a subgraph, made ready. */
export interface CompiledStep {
  readonly node: FetchNode | EntitiesNode
  readonly operation: SubgraphOperation
  readonly dispatch: Dispatch
  /** Sends it where arguments come from a context; undefined = they don't, and it is dispatched as it is. */
  readonly sendByContext: SendByContext | undefined
  /** Names of the client's variables that it uses. */
  readonly variables: readonly string[]
  /** Empty for root fields. */
  readonly groups: readonly CompiledGroup[]
  /** Finds the objects of a root type that stand below the root, where those are asked for. */
  readonly targets: ((data: Record<string, unknown>) => Record<string, unknown>[]) | undefined
  /** Keys of all that it asks for. */
  readonly keys: KeyTree
  /** Keys of the root fields that it asks for. */
  readonly rootKeys: readonly string[]
  /** The deferred block that it belongs to; 0 = what is answered first. */
  readonly block: number
  /** How many steps it waits for. */
  readonly waits: number
  /** Positions of the steps that wait for it. */
  readonly next: readonly number[]
}

/** An operation made ready to run, for one way in which its `@skip` and `@include` are switched. */
export interface Program {
  readonly steps: readonly CompiledStep[]
  /** Positions of the steps that wait for nothing. */
  readonly first: readonly number[]
  readonly root: GraphQLObjectType
  /** What is answered first: all, where nothing is deferred. */
  readonly selection: SelectionShape
  readonly deferred: Deferred | undefined
  /** The quick way to the answer; undefined where something is refused, and every answer needs the careful one. */
  readonly project: Project | undefined
  /** Whether the only subgraph's answer is the client's, byte for byte. */
  readonly passesThrough: boolean
  readonly types: PossibleTypes
  readonly plan: Plan
}

/** What a program is compiled of. */
export interface ProgramSource {
  readonly schema: GraphQLSchema
  readonly types: PossibleTypes
  readonly dispatchers: ReadonlyMap<string, Dispatch>
  /** The client's operation and its fragments. */
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly plan: Plan
  readonly switches: Switches
  readonly refuse: Refuse | undefined
  /** Whether the document has the client's own response keys. */
  readonly hasOwnKeys: boolean
}

function keysOf(step: Step, group: EntityGroup): readonly string[] {
  const keys: KeyTree | undefined = step.keys.get(group.responseKey)
  const renamed = group.outputRewrites.flatMap((rewrite) => (rewrite.kind === 'rename' ? [rewrite.key] : []))
  return [...new Set([...(keys?.keys() ?? []), ...renamed])]
}

function compileStep(index: number, all: readonly Step[], source: ProgramSource): CompiledStep {
  const step = all[index]
  if (!step) throw new Error('a schedule has fewer steps than were counted')
  const { node } = step
  const dispatch = source.dispatchers.get(node.subgraph)
  if (!dispatch) throw new Error(`The plan asks the subgraph "${node.subgraph}", which has no address.`)
  const groups = node.kind === 'entities' ? node.groups : []
  const isContextual = groups.some(({ contextArguments }) => contextArguments !== undefined)
  const everyGroup = all.flatMap(({ node: other }) => (other.kind === 'entities' ? other.groups : []))
  const sent = {
    operation: {
      subgraph: node.subgraph,
      document: node.document,
      name: node.operationName,
      kind: node.kind === 'fetch' ? node.operation : ('query' as const),
    },
    dispatch,
    variables: node.variables.filter((name) => !groups.some((group) => group.variable === name)),
    groups: groups.map((group) =>
      compileGroup(group, {
        types: source.types,
        keys: keysOf(step, group),
        mustCopy: isWrittenUnevenly(group, everyGroup),
      }),
    ),
  }
  return {
    node,
    ...sent,
    sendByContext: isContextual ? sendByContext(sent) : undefined,
    keys: step.keys,
    rootKeys: node.kind === 'fetch' ? [...step.keys.keys()] : [],
    targets: node.kind === 'fetch' && node.path ? compileTargets(node.path, source.types) : undefined,
    block: step.block,
    waits: step.after.length,
    next: all.flatMap(({ after }, other) => (after.includes(index) ? [other] : [])),
  }
}

/** Compiles an operation with its plan. */
export function compileProgram(source: ProgramSource): Program {
  const { schema, definition, document, switches, refuse, plan } = source
  const root = schema.getRootType(definition.operation)
  if (!root) throw new Error(`The schema has no ${definition.operation} fields.`)
  const shapes = new Shapes({ schema, document, switches, refuse })
  const whole = shapes.of(root, definition.selectionSet)
  const isSerial = definition.operation === 'mutation'
  const { steps, blocks, primary } = schedule(plan.root, { switches, isSerial })
  const deferred = blocks.length > 0 ? compileDeferred(blocks, shapes, whole) : undefined
  const selection = deferred ? shapes.of(root, selectionSetOf(primary)) : whole
  const compiled = steps.map((_, index) => compileStep(index, steps, source))
  const isRefused = refuse !== undefined
  const passesThrough =
    !isRefused && !deferred && source.hasOwnKeys && canPassThrough(steps, selection, source)
  return {
    steps: compiled,
    first: compiled.flatMap(({ waits }, index) => (waits === 0 ? [index] : [])),
    root,
    selection,
    deferred,
    project: isRefused ? undefined : compileProjection(root, selection, passesThrough),
    passesThrough,
    types: source.types,
    plan,
  }
}
