import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
} from 'graphql'
import type { Need } from '../access/rules.ts'
import { clientKey } from '../planning/safe-aliases.ts'

/** Values of the Boolean variables that `@skip`, `@include` and `@defer` name. */
export type Switches = Readonly<Record<string, boolean>>

/** One key of an object in the answer. */
export interface FieldShape {
  /** Its key in the answer. */
  readonly key: string
  /** Its key in what subgraphs answer: another one where the client's could be taken for a planner's own. */
  readonly dataKey: string
  readonly name: string
  readonly type: GraphQLOutputType
  /** Of what kind the value is: read from the data, the object's own type, or the schema's description. */
  readonly from: 'data' | 'typename' | 'schema'
  /** Undefined for leaves. */
  readonly selection: SelectionShape | undefined
  /** Why this viewer may not have it. */
  readonly refused: Need | undefined
}

/** What is selected of a value, whatever type it turns out to have. */
export interface SelectionShape {
  readonly type: GraphQLCompositeType
  readonly isAbstract: boolean
  /** Types that it can have at run time, by name. */
  readonly possible: ReadonlyMap<string, GraphQLObjectType>
  /** The keys of an object of this type, in the order of the answer. */
  fieldsOf(type: GraphQLObjectType): readonly FieldShape[]
  /**
   * The type of an object that says `name`. Where what is selected is the same for every type, a plan need not ask
   * objects for theirs: then one of them stands for all.
   */
  typeOf(name: unknown): GraphQLObjectType | undefined
}

/** Says what a viewer may not read; undefined = it may. */
export type Refuse = (type: GraphQLObjectType, field: string) => Need | undefined

interface Occurrence {
  readonly set: SelectionSetNode
  /** The type that the set is written on. */
  readonly on: GraphQLCompositeType
}

/** Whether a selection's `@skip` and `@include` let it in. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, switches: Switches): boolean {
  for (const directive of directives ?? []) {
    const name = directive.name.value
    if (name !== 'skip' && name !== 'include') continue
    if (isSwitchedOn(directive, switches) === (name === 'skip')) return false
  }
  return true
}

function conditionOf(directive: DirectiveNode): ValueNode | undefined {
  return directive.arguments?.find(({ name }) => name.value === 'if')?.value
}

/** What a directive's `if` says; true without one. */
export function isSwitchedOn(directive: DirectiveNode, switches: Switches): boolean {
  const value = conditionOf(directive)
  if (value?.kind === Kind.BOOLEAN) return value.value
  return value?.kind !== Kind.VARIABLE || switches[value.name.value] === true
}

const switching = new Set(['skip', 'include', 'defer'])

const metaFields = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
)

/** Types that are compared one by one; objects of more have to say theirs. */
const comparedTypes = 200

/** Any of the types, when the same is selected of all. */
function uniformType(
  objects: readonly GraphQLObjectType[],
  fieldsOf: (type: GraphQLObjectType) => readonly FieldShape[],
): GraphQLObjectType | undefined {
  const [first] = objects
  if (!first || objects.length > comparedTypes) return undefined
  const textOf = (type: GraphQLObjectType) =>
    fieldsOf(type)
      .map((field) => {
        // Who wants to know the type, or may not read all of them, has to be told.
        if (field.from === 'typename' || field.refused) return type.name
        return `${field.key}:${field.name}:${field.type}`
      })
      .join()
  const text = textOf(first)
  return objects.every((type) => textOf(type) === text) ? first : undefined
}

/** Collects what an operation selects, by the rules of https://spec.graphql.org/October2021/#sec-Field-Collection. */
export class Shapes {
  private readonly schema: GraphQLSchema
  private readonly switches: Switches
  private readonly refuse: Refuse | undefined
  private readonly fragments = new Map<string, FragmentDefinitionNode>()

  constructor(options: {
    readonly schema: GraphQLSchema
    readonly document: DocumentNode
    readonly switches: Switches
    readonly refuse?: Refuse | undefined
  }) {
    this.schema = options.schema
    this.switches = options.switches
    this.refuse = options.refuse
    for (const definition of options.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition)
    }
  }

  /** What `set` selects of a value of `type`. */
  of(type: GraphQLCompositeType, set: SelectionSetNode): SelectionShape {
    return this.merged(type, [{ set, on: type }])
  }

  private merged(type: GraphQLCompositeType, occurrences: readonly Occurrence[]): SelectionShape {
    const isAbstract = isAbstractType(type)
    const objects = isAbstract ? this.objectsOf(type) : [type]
    const possible = new Map(objects.map((object) => [object.name, object]))
    const known = new Map<GraphQLObjectType, readonly FieldShape[]>()
    const fieldsOf = (object: GraphQLObjectType) => {
      const before = known.get(object)
      if (before) return before
      const fields = this.fields(object, occurrences)
      known.set(object, fields)
      return fields
    }
    let standIn: { readonly type: GraphQLObjectType | undefined } | undefined
    const typeOf = (name: unknown) => {
      if (!isAbstract) return objects[0]
      // An `@interfaceObject` subgraph knows objects by their interface's name alone.
      if (typeof name === 'string' && name !== type.name) return possible.get(name)
      standIn ??= { type: uniformType(objects, fieldsOf) }
      return standIn.type
    }
    return { type, isAbstract, possible, fieldsOf, typeOf }
  }

  /** The object types of an abstract one; an interface that has none (`@interfaceObject`) stands for itself. */
  private objectsOf(type: GraphQLAbstractType): readonly GraphQLObjectType[] {
    const objects = this.schema.getPossibleTypes(type)
    if (objects.length > 0 || isUnionType(type)) return objects
    const { name, fields } = type.toConfig()
    return [new GraphQLObjectType({ name, fields })]
  }

  private fields(object: GraphQLObjectType, occurrences: readonly Occurrence[]): FieldShape[] {
    const collected = new Map<string, FieldNode[]>()
    const collect = ({ set, on }: Occurrence, seen: Set<string>) => {
      for (const selection of set.selections) {
        if (!isIncluded(selection.directives, this.switches)) continue
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value
          const selected = collected.get(key) ?? []
          if (selected.length === 0) collected.set(key, selected)
          selected.push(selection)
          continue
        }
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          if (seen.has(selection.name.value)) continue
          seen.add(selection.name.value)
        }
        const inner = this.inner(selection, on, object)
        if (inner) collect(inner, seen)
      }
    }
    const seen = new Set<string>()
    for (const occurrence of occurrences) collect(occurrence, seen)
    return [...collected].map(([key, selected]) => this.field(object, key, selected))
  }

  /** The set of a fragment, when it applies to the object. */
  private inner(
    selection: Exclude<SelectionNode, { kind: Kind.FIELD }>,
    on: GraphQLCompositeType,
    object: GraphQLObjectType,
  ): Occurrence | undefined {
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)
    if (!fragment) return undefined
    const condition = fragment.typeCondition
    const type = condition ? this.schema.getType(condition.name.value) : on
    if (!type || !isCompositeType(type)) return undefined
    const applies = type.name === object.name || (isAbstractType(type) && this.schema.isSubType(type, object))
    return applies ? { set: fragment.selectionSet, on: type } : undefined
  }

  private field(object: GraphQLObjectType, dataKey: string, selected: readonly FieldNode[]): FieldShape {
    const name = selected[0]?.name.value ?? ''
    const type = (metaFields.get(name) ?? object.getFields()[name])?.type
    if (!type) throw new Error(`${object.name} has no field "${name}".`)
    const named = getNamedType(type)
    const from = name === '__typename' ? 'typename' : name.startsWith('__') ? 'schema' : 'data'
    const sets = selected.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []))
    const hasSelection = from === 'data' && isCompositeType(named)
    return {
      key: clientKey(dataKey),
      dataKey,
      name,
      type,
      from,
      selection: hasSelection
        ? this.merged(
            named,
            sets.map((set) => ({ set, on: named })),
          )
        : undefined,
      refused: from === 'data' ? this.refuse?.(object, name) : undefined,
    }
  }
}

/** Names of the variables that decide about `@skip`, `@include` and `@defer` anywhere in the document. */
export function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>()
  const visitSet = (set: SelectionSetNode | undefined) => {
    for (const selection of set?.selections ?? []) {
      for (const directive of selection.directives ?? []) {
        const value = conditionOf(directive)
        if (switching.has(directive.name.value) && value?.kind === Kind.VARIABLE) names.add(value.name.value)
      }
      if ('selectionSet' in selection) visitSet(selection.selectionSet)
    }
  }
  for (const definition of document.definitions) {
    if ('selectionSet' in definition) visitSet(definition.selectionSet)
  }
  return [...names].toSorted()
}
