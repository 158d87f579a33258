import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'

/**
 * What a topic's messages are: states, each of which replaces the one before, or events of a log, all of which are
 * delivered in their order. Those of a log are numbered without a gap.
 */
export type TopicKind = 'STATE' | 'LOG'

/** How a subscription field is fed, as its `@topic` says. */
export interface Topic {
  readonly kind: TopicKind
  readonly field: GraphQLField<unknown, unknown>
  /** Channel without its organization; `{argument}` is replaced. */
  readonly name: string
  /** The query field of the first value, its arguments taken from the subscription's. */
  readonly snapshot: FieldNode | undefined
  /** The query field that a viewer must be able to read before it may listen. */
  readonly guard: FieldNode | undefined
  /** What a message holds. */
  readonly carries: SelectionSetNode | undefined
}

function selectionSet(text: string, what: string): SelectionSetNode {
  try {
    const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
    if (definition?.kind === Kind.OPERATION_DEFINITION) return definition.selectionSet
  } catch (error) {
    throw new Error(`${what} is not a selection: ${error instanceof Error ? error.message : error}`)
  }
  throw new Error(`${what} is not a selection.`)
}

function queryField(text: string | undefined, what: string, schema: GraphQLSchema): FieldNode | undefined {
  if (text === undefined) return undefined
  const [field, rest] = selectionSet(text, what).selections
  if (field?.kind !== Kind.FIELD || rest) throw new Error(`${what} must be one field.`)
  if (!schema.getQueryType()?.getFields()[field.name.value]) {
    throw new Error(`${what} names Query.${field.name.value}, which does not exist.`)
  }
  return field
}

function readTopic(
  directive: ConstDirectiveNode,
  field: GraphQLField<unknown, unknown>,
  schema: GraphQLSchema,
): Topic {
  const values = new Map<string, string>()
  for (const { name, value } of directive.arguments ?? []) {
    if (value.kind === Kind.STRING || value.kind === Kind.ENUM) values.set(name.value, value.value)
  }
  const what = (argument: string) => `@topic(${argument}:) of Subscription.${field.name}`
  const name = values.get('name')
  if (name === undefined) throw new Error(`${what('name')} is missing.`)
  const kind = values.get('kind') ?? 'STATE'
  if (kind !== 'STATE' && kind !== 'LOG') throw new Error(`${what('kind')} is ${kind}; it is STATE or LOG.`)
  const carries = values.get('carries')
  const snapshot = queryField(values.get('snapshot'), what('snapshot'), schema)
  return {
    kind,
    field,
    name,
    snapshot,
    guard: queryField(values.get('guard'), what('guard'), schema) ?? snapshot,
    carries: carries === undefined ? undefined : selectionSet(carries, what('carries')),
  }
}

function isSubscriptionType(
  node: DocumentNode['definitions'][number],
  name: string,
): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return (
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    node.name.value === name
  )
}

/** The topics of a supergraph, by the name of their field. @throws Error when one does not fit the schema */
export function readTopics(document: DocumentNode, schema: GraphQLSchema): ReadonlyMap<string, Topic> {
  const topics = new Map<string, Topic>()
  const type = schema.getSubscriptionType()
  if (!type) return topics
  for (const definition of document.definitions) {
    if (!isSubscriptionType(definition, type.name)) continue
    for (const { name, directives = [] } of definition.fields ?? []) {
      const directive = directives.find((node) => node.name.value === 'topic')
      const field = type.getFields()[name.value]
      if (directive && field) topics.set(name.value, readTopic(directive, field, schema))
    }
  }
  return topics
}
