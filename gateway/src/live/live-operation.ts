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
} from 'graphql'
import type { KnownOperation } from '../operations/known-operation.ts'
import type { Generation } from '../supergraph/generation.ts'
import { isCovered } from './is-covered.ts'
import type { Topic } from './read-topics.ts'
import { fieldsOf, fragmentsOf, rootFields } from './selected-fields.ts'
import { added, snapshotOperation } from './snapshot-operation.ts'

/** Keys under which snapshots tell the position and the time of their state. */
export const seqKey = `${added}seq`
export const asOfKey = `${added}asOf`

/** A subscription, made ready: what to listen to, what to ask, and where things stand in its answers. */
export interface LiveOperation {
  readonly source: KnownOperation
  readonly topic: Topic
  readonly root: FieldNode
  readonly responseKey: string
  readonly snapshot: KnownOperation | undefined
  /** Undefined where the snapshot itself is the guard. */
  readonly guard: KnownOperation | undefined
  /** Whether messages hold all that is selected. */
  readonly isCovered: boolean
  /** Response keys under which the client reads the time of the state. */
  readonly asOfKeys: readonly string[]
  /** Response keys under which the client reads whether it must start again. */
  readonly resetKeys: readonly string[]
}

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

const made = new WeakMap<KnownOperation, LiveOperation>()

/** Makes a subscription ready, once for all who subscribe to it. @throws GraphQLError when it can't be fed */
export function liveOperation(source: KnownOperation, generation: Generation): LiveOperation {
  const known = made.get(source)
  if (known) return known
  const fragments = fragmentsOf(source.document)
  const roots = rootFields(source, fragments)
  const [root] = roots
  const topic = generation.topics.get(root.name.value)
  // Which way a field is fed is found before; a swap of the supergraph may have taken its topic away since.
  if (!topic) throw refuse(`Subscription.${root.name.value} has no @topic.`)
  const selections = roots.flatMap((node) => node.selectionSet?.selections ?? [])
  const set: SelectionSetNode = { kind: Kind.SELECTION_SET, selections }
  const responseKey = root.alias?.value ?? root.name.value
  const make = (field: FieldNode, own: readonly SelectionNode[]) =>
    snapshotOperation({ source, topic, field, responseKey, selections: own, ...generation })
  const covered = topic.carries !== undefined && isCovered(set, topic.carries, fragments)
  if (!covered && !topic.snapshot)
    throw refuse('The messages of this subscription do not hold all that is selected.')
  const keysOf = (name: string) =>
    fieldsOf(set, fragments).flatMap((node) => (node.name.value === name ? [node.alias?.value ?? name] : []))
  const operation: LiveOperation = {
    source,
    topic,
    root,
    responseKey,
    snapshot: topic.snapshot && make(topic.snapshot, [...selections, ...position(topic)]),
    guard:
      topic.guard && topic.guard !== topic.snapshot
        ? make(topic.guard, [plainField(`${added}exists`, '__typename')])
        : undefined,
    isCovered: covered,
    asOfKeys: keysOf('asOf'),
    resetKeys: keysOf('reset'),
  }
  made.set(source, operation)
  return operation
}

/** What a subscriber asked for: the field's arguments, and how messages shall be delivered. */
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
