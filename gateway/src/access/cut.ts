import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

import type { PossibleTypes } from '../execution/possible-types.ts'

/** Whether a field of an object may be read. */
export type IsAllowed = (type: GraphQLObjectType, field: string) => boolean

interface Place {
  /** The type that the selection set is written on. */
  readonly type: GraphQLCompositeType
  /** The objects that it can be at run time. */
  readonly possible: readonly GraphQLObjectType[]
}

const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

/** Cuts what is not allowed out of one operation. Fragments are unfolded: where one stands decides what it loses. */
class Cut {
  private readonly fragments = new Map<string, FragmentDefinitionNode>()
  private readonly schema: GraphQLSchema
  private readonly isAllowed: IsAllowed
  private readonly types: PossibleTypes

  constructor(options: {
    readonly schema: GraphQLSchema
    readonly document: DocumentNode
    readonly isAllowed: IsAllowed
    readonly types: PossibleTypes
  }) {
    this.types = options.types
    this.schema = options.schema
    this.isAllowed = options.isAllowed
    for (const definition of options.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition)
    }
  }

  possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type]
  }

  set(set: SelectionSetNode, place: Place): SelectionNode[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return this.field(selection, place)
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)
      return fragment ? this.fragment(fragment, selection, place) : []
    })
  }

  private hasHiddenTypes(type: GraphQLCompositeType): boolean {
    if (!isAbstractType(type)) return false
    const objects = [...this.types.of(type.name)].filter((name) => this.types.isObject(name))
    return objects.length > this.possible(type).length
  }

  private fragment(
    fragment: {
      typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined
      selectionSet: SelectionSetNode
    },
    spread: SelectionNode,
    place: Place,
  ): SelectionNode[] {
    const condition = fragment.typeCondition
    const type = condition ? this.schema.getType(condition.name.value) : place.type
    if (!type || !isCompositeType(type)) return []
    const within = new Set(this.possible(type))
    const possible = place.possible.filter((object) => within.has(object))
    const selections = possible.length > 0 ? this.set(fragment.selectionSet, { type, possible }) : []
    if (selections.length === 0) return []
    const { directives = [] } = spread
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(condition ? { typeCondition: condition } : {}),
        directives,
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ]
  }

  private field(field: FieldNode, place: Place): SelectionNode[] {
    const name = field.name.value
    // Under any alias it is answered from the type that the object has in the end.
    if (name === '__typename') return [typenameField]
    // Introspection is answered from the schema alone, when the answer is put together.
    if (name.startsWith('__')) return []
    const allowed = place.possible.filter((object) => this.isAllowed(object, name))
    if (allowed.length === place.possible.length) return this.whole(field, place.type)
    return allowed.flatMap((object) => {
      const selections = this.whole(field, object)
      if (selections.length === 0) return []
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: object.name } },
          selectionSet: { kind: Kind.SELECTION_SET, selections },
        } as const,
      ]
    })
  }

  private whole(field: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (!field.selectionSet) return [field]
    const definition = 'getFields' in parent ? parent.getFields()[field.name.value] : undefined
    const type = definition && getNamedType(definition.type)
    if (!type || !isCompositeType(type)) return []
    const selections = this.set(field.selectionSet, { type, possible: this.possible(type) })
    // The object's own existence may be known: whether it is null, and how many there are in a list.
    const isAsked = selections.some(
      (node) => node.kind === Kind.FIELD && !node.alias && node.name.value === '__typename',
    )
    // Objects of types that clients do not see must be told from the others.
    if (!isAsked && (selections.length === 0 || this.hasHiddenTypes(type))) selections.push(typenameField)
    return [{ ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } }]
  }
}

/** The root's type is known without asking anybody. */
function isTypename(selection: SelectionNode): boolean {
  if (selection.kind === Kind.FIELD) return selection.name.value === '__typename'
  return selection.kind === Kind.INLINE_FRAGMENT && selection.selectionSet.selections.every(isTypename)
}

/** Variables that nothing uses any more must go: a document with them is not valid. */
function withoutUnusedVariables(definition: OperationDefinitionNode): OperationDefinitionNode {
  const used = new Set<string>()
  const { variableDefinitions = [], ...body } = definition
  visit(body as OperationDefinitionNode, {
    Variable: (node) => {
      used.add(node.name.value)
    },
  })
  return {
    ...body,
    variableDefinitions: variableDefinitions.filter((variable) => used.has(variable.variable.name.value)),
  }
}

/**
 * The operation without what is not allowed, and without the schema's description, to be planned in its place; undefined
 * when nothing of it is left for a subgraph.
 */
export function cutOperation(options: {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly isAllowed: IsAllowed
  readonly types: PossibleTypes
}): DocumentNode | undefined {
  const { definition, schema } = options
  const root = schema.getRootType(definition.operation)
  if (!root) return undefined
  const cut = new Cut(options)
  const selections = cut.set(definition.selectionSet, { type: root, possible: [root] })
  if (selections.every(isTypename)) return undefined
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections }
  return { kind: Kind.DOCUMENT, definitions: [withoutUnusedVariables({ ...definition, selectionSet })] }
}
