import { fail } from '@headcount/errors'
import {
  type FieldNode,
  GraphQLError,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import type { Need } from '../access/rules.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import type { Generation } from '../supergraph/generation.ts'
import { type Audience, narrowestAudience } from './audiences.ts'
import type { Topic } from './read-topics.ts'
import { fieldsOf, fragmentsOf, rootFields } from './selected-fields.ts'
import { added, snapshotOperation } from './snapshot-operation.ts'
import { textOf } from './text-of.ts'

/** Keys under which snapshots tell the position and the time of their state. */
export const seqKey = `${added}seq`
export const asOfKey = `${added}asOf`

/** A subscription, made ready: what to listen to, what to ask, and where things stand in its answers. */
export interface LiveOperation {
  readonly source: KnownOperation
  readonly topic: Topic
  /** Its field, with literals as variables. */
  readonly root: FieldNode
  readonly responseKey: string
  readonly snapshot: KnownOperation | undefined
  /** Undefined where the snapshot itself is the guard. */
  readonly guard: KnownOperation | undefined
  /** Who shares its results, and those of its snapshot. */
  readonly audience: Audience
  /** Who shares the guard's answer. */
  readonly guardAudience: Audience
  /** What its fields, its snapshot's and its guard's ask of a viewer. */
  readonly needs: readonly Need[]
  /** Policies that those name. */
  readonly policies: readonly string[]
  /** Variables that say how results are delivered to one subscriber, and nothing else. */
  readonly deliveryVariables: ReadonlySet<string>
  /** Response keys under which the client reads the time of the state. */
  readonly asOfKeys: readonly string[]
  /** Response keys under which the client reads whether it must start again. */
  readonly resetKeys: readonly string[]
}

/** Arguments that say how results are delivered. */
const deliveryArguments = new Set(['minIntervalMs', 'afterSeq'])

function plainField(alias: string, field: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: field },
  }
}

function position(topic: Topic): SelectionNode[] {
  const type = getNamedType(topic.field.type)
  const fields = isObjectType(type) ? type.getFields() : {}
  return [
    ...(fields.seq ? [plainField(seqKey, 'seq')] : []),
    ...(fields.asOf ? [plainField(asOfKey, 'asOf')] : []),
  ]
}

function refuse(message: string): GraphQLError {
  return fail('BAD_USER_INPUT', message)
}

function usesOf(source: KnownOperation): Map<string, number> {
  const uses = new Map<string, number>()
  visit(source.normalised.document, {
    VariableDefinition: () => false,
    Variable({ name: { value } }) {
      uses.set(value, (uses.get(value) ?? 0) + 1)
    },
  })
  return uses
}

/** The variables that stand in delivery arguments alone: whoever differs in those gets the same results. */
function deliveryVariablesOf(source: KnownOperation, root: FieldNode): Set<string> {
  const uses = usesOf(source)
  const found = new Set<string>()
  for (const { name, value } of root.arguments ?? []) {
    if (deliveryArguments.has(name.value) && value.kind === Kind.VARIABLE && uses.get(value.name.value) === 1)
      found.add(value.name.value)
  }
  return found
}

const made = new WeakMap<KnownOperation, LiveOperation>()

/** Makes a subscription ready, once for all who subscribe to it. @throws GraphQLError when it can't be fed */
export function liveOperation(source: KnownOperation, generation: Generation): LiveOperation {
  const known = made.get(source)
  if (known) return known
  const operation = make(source, generation)
  made.set(source, operation)
  return operation
}

function topicOf(root: FieldNode, { topics }: Generation): Topic {
  const topic = topics.get(root.name.value)
  // Which way a field is fed is found before; a swap of the supergraph may have taken its topic away since.
  if (!topic) throw refuse(`Subscription.${root.name.value} has no @topic.`)
  return topic
}

function make(source: KnownOperation, generation: Generation): LiveOperation {
  const { document, definition } = source.normalised
  const fragments = fragmentsOf(document)
  const roots = rootFields(definition, fragments)
  const [root] = roots
  const topic = topicOf(root, generation)
  const selections = roots.flatMap((node) => node.selectionSet?.selections ?? [])
  const set: SelectionSetNode = { kind: Kind.SELECTION_SET, selections }
  const responseKey = root.alias?.value ?? root.name.value
  const query = (field: FieldNode, own: readonly SelectionNode[]) =>
    snapshotOperation({ source, topic, field, responseKey, selections: own, ...generation })
  const snapshot = topic.snapshot && query(topic.snapshot, [...selections, ...position(topic)])
  const guard =
    topic.guard && topic.guard !== topic.snapshot
      ? query(topic.guard, [plainField(`${added}exists`, '__typename')])
      : undefined
  const parts = [source, ...(snapshot ? [snapshot] : []), ...(guard ? [guard] : [])]
  const { schema, audiences } = generation
  const keysOf = (name: string) =>
    fieldsOf(set, fragments).flatMap((node) => (node.name.value === name ? [node.alias?.value ?? name] : []))
  return {
    source,
    topic,
    root,
    responseKey,
    snapshot,
    guard,
    audience: narrowestAudience([document, snapshot?.document], schema, audiences),
    guardAudience: narrowestAudience([(guard ?? snapshot)?.document], schema, audiences),
    needs: parts.flatMap(({ access }) => access.needs),
    policies: [...new Set(parts.flatMap(({ access }) => access.policies))],
    deliveryVariables: deliveryVariablesOf(source, root),
    asOfKeys: keysOf('asOf'),
    resetKeys: keysOf('reset'),
  }
}

/** What a subscriber asked for: the field's arguments, and how results shall be delivered. */
export interface Delivery {
  readonly arguments: Readonly<Record<string, unknown>>
  readonly minIntervalMs: number
  readonly afterSeq: number | undefined
}

/** The longest interval that may be asked for, in milliseconds. */
const longestIntervalMs = 60_000

/** Reads the field's arguments. @throws GraphQLError BAD_USER_INPUT */
export function readDelivery(
  { topic, root }: LiveOperation,
  variables: Readonly<Record<string, unknown>>,
): Delivery {
  let values: Record<string, unknown>
  try {
    values = getArgumentValues(topic.field, root, variables)
  } catch (error) {
    throw refuse(error instanceof GraphQLError ? error.message : 'The arguments are not usable.')
  }
  const { minIntervalMs = 0, afterSeq } = values
  if (typeof minIntervalMs !== 'number' || minIntervalMs < 0 || minIntervalMs > longestIntervalMs) {
    throw refuse(`minIntervalMs is ${minIntervalMs}; it must be 0 to ${longestIntervalMs}.`)
  }
  return {
    arguments: values,
    minIntervalMs,
    afterSeq: typeof afterSeq === 'number' ? afterSeq : undefined,
  }
}

/** The channel of a topic within an organization; arguments are encoded, so that none can name another channel. */
export function channelOf(topic: Topic, organizationId: string, delivery: Delivery): string {
  const path = topic.name.replace(/\{(\w+)\}/g, (_match, argument: string) =>
    // Well-formed, since half of a surrogate pair cannot be encoded: a client's nonsense, and no fault of ours.
    encodeURIComponent(String(delivery.arguments[argument] ?? '').toWellFormed()),
  )
  return `org:${organizationId}:${path}`
}

/** The variables that a client gave, without those that were literals in its document. */
function ownVariables(
  { definition }: KnownOperation,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = new Set((definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value))
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)))
}

/** The same subscription under another supergraph. @throws RefusedDocument or GraphQLError when it is none there */
export function underGeneration(
  before: KnownOperation,
  variables: Readonly<Record<string, unknown>>,
  generation: Generation,
): { readonly source: KnownOperation; readonly variables: Readonly<Record<string, unknown>> } {
  const source = generation.operations.find(textOf(before.document), undefined)
  const coerced = source.coerce(ownVariables(before, variables))
  if ('errors' in coerced) throw coerced.errors[0]
  return { source, variables: coerced.values }
}
