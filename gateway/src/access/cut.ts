import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

import type { PossibleTypes } from '../execution/possible-types.ts'
import { mergeSelections } from '../planning/merge-selections.ts'

/** Whether a field of an object may be read. */
export type IsAllowed = (type: GraphQLObjectType, field: string) => boolean

interface Place {
  /** The type that the selection set is written on. */
  readonly type: GraphQLCompositeType
  /** The objects that it can be at run time. */
  readonly possible: readonly GraphQLObjectType[]
}

const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

/** A fragment on an abstract type within another one becomes one for each object type, of so many at most. */
const spreadTypes = 12

interface Fragment {
  readonly typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined
  readonly selectionSet: SelectionSetNode
}

/** The selections within one inline fragment; none where there is nothing. */
function inFragment(
  selections: readonly SelectionNode[],
  head: { readonly on?: string | undefined; readonly directives?: readonly DirectiveNode[] },
): SelectionNode[] {
  if (selections.length === 0) return []
  const { on, directives = [] } = head
  const typeCondition = on === undefined ? undefined : typeNamed(on)
  return [
    {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition ? { typeCondition } : {}),
      directives,
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    },
  ]
}

function typeNamed(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } }
}

/**
 * Cuts what is not allowed out of one operation. Fragments are unfolded: where one stands decides what it loses, and
 * planners fail, or forget fields, on fragments that narrow nothing.
 */
class Cut {
  private readonly fragments = new Map<string, FragmentDefinitionNode>()
  private readonly schema: GraphQLSchema
  private readonly isAllowed: IsAllowed
  private readonly types: PossibleTypes
  /** How often something was left out that a viewer may not read. */
  private cuts = 0

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

  private fragment(fragment: Fragment, spread: SelectionNode, place: Place): SelectionNode[] {
    const condition = fragment.typeCondition
    const type = condition ? this.schema.getType(condition.name.value) : place.type
    if (!type || !isCompositeType(type)) return []
    const { directives = [] } = spread
    const isDeferred = directives.some(({ name }) => name.value === 'defer')
    if (!isDeferred && this.covers(type, place.type)) {
      const selections = this.set(fragment.selectionSet, place)
      return directives.length > 0 ? inFragment(selections, { directives }) : selections
    }
    const within = new Set(this.possible(type))
    const possible = place.possible.filter((object) => within.has(object))
    if (possible.length === 0) return []
    if (!isDeferred && isAbstractType(type) && possible.length <= spreadTypes) {
      return possible.flatMap((object) =>
        inFragment(this.set(fragment.selectionSet, { type: object, possible: [object] }), {
          on: object.name,
          directives,
        }),
      )
    }
    return inFragment(this.set(fragment.selectionSet, { type, possible }), {
      on: condition?.name.value,
      directives,
    })
  }

  /** Whether all that is selected on one type can be selected on the other. */
  private covers(type: GraphQLCompositeType, parent: GraphQLCompositeType): boolean {
    if (type === parent) return true
    return isAbstractType(type) && !isUnionType(parent) && this.schema.isSubType(type, parent)
  }

  private field(field: FieldNode, place: Place): SelectionNode[] {
    const name = field.name.value
    // Under any alias it is answered from the type that the object has in the end.
    if (name === '__typename') return [typenameField]
    // Introspection is answered from the schema alone, when the answer is put together.
    if (name.startsWith('__')) return []
    const allowed = place.possible.filter((object) => this.isAllowed(object, name))
    if (allowed.length === place.possible.length) return this.whole(field, place.type)
    this.cuts += 1
    return allowed.flatMap((object) => {
      const selections = this.whole(field, object)
      return inFragment(selections, { on: object.name })
    })
  }

  private whole(field: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (!field.selectionSet) return [field]
    const definition = 'getFields' in parent ? parent.getFields()[field.name.value] : undefined
    const type = definition && getNamedType(definition.type)
    if (!type || !isCompositeType(type)) return []
    const cutsBefore = this.cuts
    const selections = this.set(field.selectionSet, { type, possible: this.possible(type) })
    // The object's own existence may be known: whether it is null, and how many there are in a list.
    const isAsked = selections.some(
      (node) => node.kind === Kind.FIELD && !node.alias && node.name.value === '__typename',
    )
    // Objects of types that clients do not see must be told from the others.
    // A planner would not ask for an object at all of which nothing is left to select, and it would be null.
    // Where something was cut, the answer differs by type though what is fetched may not.
    const isCut = isAbstractType(type) && this.cuts > cutsBefore
    if (!isAsked && (isCut || selections.length === 0 || this.hasHiddenTypes(type)))
      selections.push(typenameField)
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
  const selections = mergeSelections(cut.set(definition.selectionSet, { type: root, possible: [root] }))
  if (selections.every(isTypename)) return undefined
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections }
  return { kind: Kind.DOCUMENT, definitions: [withoutUnusedVariables({ ...definition, selectionSet })] }
}
