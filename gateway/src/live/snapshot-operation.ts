import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  type SelectionNode,
  type ValueNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import type { AccessRules } from '../access/rules.ts'
import { type KnownOperation, knownOperation } from '../operations/known-operation.ts'
import type { Topic } from './read-topics.ts'

/** Beginning of every name that the gateway adds to a client's operation. */
export const added = 'topic_'

function name(value: string): NameNode {
  return { kind: Kind.NAME, value }
}

/** An argument's value with the subscription's arguments under the gateway's own variable names. */
function renamed(value: ValueNode): ValueNode {
  return visit(value, {
    Variable: (node) => ({ ...node, name: name(`${added}${node.name.value}`) }),
  })
}

function variablesOf(topic: Topic): VariableDefinitionNode[] {
  return topic.field.args.map((argument) => ({
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: name(`${added}${argument.name}`) },
    type: parseType(String(argument.type)),
  }))
}

function usedOnly(
  definition: OperationDefinitionNode,
  rest: readonly { readonly selectionSet?: unknown }[],
): OperationDefinitionNode {
  const used = new Set<string>()
  for (const node of [definition.selectionSet, ...rest]) {
    visit(node as OperationDefinitionNode, {
      Variable: (variable) => {
        used.add(variable.name.value)
      },
    })
  }
  const { variableDefinitions = [] } = definition
  return {
    ...definition,
    variableDefinitions: variableDefinitions.filter((node) => used.has(node.variable.name.value)),
  }
}

/**
 * A query of the snapshot's (or guard's) field with the client's own selection, its literals as variables; and with
 * the position and the time of the state, whether or not the client asks for them.
 */
export function snapshotOperation(options: {
  readonly source: KnownOperation
  readonly topic: Topic
  readonly field: FieldNode
  readonly responseKey: string
  readonly selections: readonly SelectionNode[]
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
}): KnownOperation {
  const { source, topic, field, responseKey, selections, schema, rules } = options
  const { document: asked, definition: subscription } = source.normalised
  const fragments = asked.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
  const root: FieldNode = {
    kind: Kind.FIELD,
    alias: name(responseKey),
    name: field.name,
    arguments: field.arguments?.map((node): ArgumentNode => ({ ...node, value: renamed(node.value) })) ?? [],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
  const definition = usedOnly(
    {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      ...(source.definition.name ? { name: source.definition.name } : {}),
      variableDefinitions: [...(subscription.variableDefinitions ?? []), ...variablesOf(topic)],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [root] },
    },
    fragments,
  )
  const document = { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] } as const
  const key = `${source.key}:${field.name.value}`
  return knownOperation({ key, schema, rules, document, definition })
}
