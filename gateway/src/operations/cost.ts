import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { compileArguments } from './cost-arguments.ts'
import type { CostRules } from './cost-rules.ts'
import { compileSize } from './cost-sizes.ts'

type Values = Readonly<Record<string, unknown>>

/** What an operation costs with its variables, those that were literals among them. */
export type CostOf = (variables: Values) => number

/** Lists whose length their parent's `@listSize` says. */
interface Sized {
  readonly fields: readonly string[]
  readonly size: number | undefined
}

type Part = (variables: Values, sized: Sized | undefined) => number

/** A Boolean variable and the value with which a selection is there. */
interface Condition {
  readonly variable: string
  readonly wanted: boolean
}

/** A field, and all conditions from the root down to it. */
interface Place {
  readonly node: FieldNode
  readonly conditions: readonly Condition[]
}

/** A mutation costs this much more than its fields, as with other federation gateways. */
const mutationCost = 10

/** The conditions of a selection; undefined = it is never there. */
function conditionsOf(selection: SelectionNode): readonly Condition[] | undefined {
  const conditions: Condition[] = []
  for (const { name, arguments: given } of selection.directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue
    const wanted = name.value === 'include'
    const value = given?.find((argument) => argument.name.value === 'if')?.value
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, wanted })
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return undefined
  }
  return conditions
}

function textOf({ variable, wanted }: Condition): string {
  return wanted ? `+${variable}` : `-${variable}`
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

/** Compiles one operation. Fields of one key are one field; of an abstract type, the dearest object counts. */
class Compiler {
  private readonly schema: GraphQLSchema
  private readonly rules: CostRules
  private readonly fragments = new Map<string, FragmentDefinitionNode>()
  private readonly ids = new Map<object, number>()
  private readonly fields = new Map<string, Part>()

  constructor(schema: GraphQLSchema, document: DocumentNode, rules: CostRules) {
    this.schema = schema
    this.rules = rules
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node)
    }
  }

  /** What selection sets of one value cost together. */
  selection(type: GraphQLCompositeType, sets: readonly [SelectionSetNode, readonly Condition[]][]): Part {
    const objects = isObjectType(type) ? [type] : this.schema.getPossibleTypes(type)
    const alternatives = new Map<string, readonly Part[]>()
    for (const object of objects) {
      const places = new Map<string, Place[]>()
      for (const [set, conditions] of sets) this.collect(set, object, { conditions, places })
      const parts = [...places.values()].flatMap((same) => this.field(object, same) ?? [])
      alternatives.set(parts.map((part) => this.id(part)).join(), parts)
    }
    const sums = [...alternatives.values()].map(
      (parts): Part =>
        (variables, sized) =>
          parts.reduce((sum, part) => sum + part(variables, sized), 0),
    )
    const [only] = sums
    if (only && sums.length === 1) return only
    return (variables, sized) => sums.reduce((most, sum) => Math.max(most, sum(variables, sized)), 0)
  }

  private id(object: object): number {
    const id = this.ids.get(object) ?? this.ids.size
    this.ids.set(object, id)
    return id
  }

  private collect(
    set: SelectionSetNode,
    object: GraphQLObjectType,
    into: { readonly conditions: readonly Condition[]; readonly places: Map<string, Place[]> },
  ): void {
    for (const selection of set.selections) {
      const own = conditionsOf(selection)
      if (!own) continue
      const conditions = own.length > 0 ? [...into.conditions, ...own] : into.conditions
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value
        const same = into.places.get(key) ?? []
        into.places.set(key, same)
        same.push({ node: selection, conditions })
        continue
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection
      if (fragment && this.isOf(object, fragment.typeCondition?.name.value)) {
        this.collect(fragment.selectionSet, object, { conditions, places: into.places })
      }
    }
  }

  private isOf(object: GraphQLObjectType, name: string | undefined): boolean {
    if (name === undefined || name === object.name) return true
    const type = this.schema.getType(name)
    return isAbstractType(type) && this.schema.isSubType(type, object)
  }

  /** Objects that have a field alike share its part: so the work grows with the document and not with the types. */
  private field(object: GraphQLObjectType, places: readonly Place[]): Part | undefined {
    const name = places[0]?.node.name.value ?? ''
    const definition = object.getFields()[name]
    if (!definition) return undefined
    const named = getNamedType(definition.type)
    const coordinate = `${object.name}.${name}`
    const isPlain =
      this.rules.listSize(coordinate) === undefined &&
      this.rules.weight(coordinate) === undefined &&
      definition.args.length === 0
    const nodes = places
      .map(({ node, conditions }) => `${this.id(node)}${conditions.map(textOf).join('')}`)
      .join()
    const key = `${nodes} ${isPlain ? `${definition.type}` : coordinate}`
    const known = this.fields.get(key)
    if (known) return known
    const part = this.compileField(object, places, named)
    this.fields.set(key, part)
    return part
  }

  private compileField(object: GraphQLObjectType, places: readonly Place[], named: GraphQLNamedType): Part {
    const { rules } = this
    const node = places[0]?.node
    const definition = object.getFields()[node?.name.value ?? '']
    if (!node || !definition) return () => 0
    const coordinate = `${object.name}.${definition.name}`
    const own = rules.weight(coordinate) ?? this.typeWeight(named)
    const listSize = rules.listSize(coordinate)
    const stated = listSize && compileSize(node, definition, { coordinate, size: listSize, rules })
    const argumentsCost = compileArguments(node, definition, { coordinate, rules })
    const inner = this.inner(named, places)
    const isThere = presence(places)
    const isRepeated = isList(definition.type)
    const sizedFields = listSize?.sizedFields ?? []
    return (variables, sized) => {
      if (!isThere(variables)) return 0
      const size = stated?.(variables)
      const below = sizedFields.length > 0 ? { fields: sizedFields, size } : undefined
      const ownSize = sized?.fields.includes(definition.name) ? sized.size : below ? undefined : size
      const count = isRepeated ? (ownSize ?? rules.defaultListSize) : 1
      const each = own + (inner?.(variables, below) ?? 0)
      return count * each + (argumentsCost?.(variables) ?? 0)
    }
  }

  private inner(named: GraphQLNamedType, places: readonly Place[]): Part | undefined {
    if (!isCompositeType(named)) return undefined
    const sets = places.flatMap(({ node, conditions }): [SelectionSetNode, readonly Condition[]][] =>
      node.selectionSet ? [[node.selectionSet, conditions]] : [],
    )
    return this.selection(named, sets)
  }

  /** An object is 1 and a leaf nothing, unless the schema says otherwise; of an abstract type the dearest object. */
  private typeWeight(type: GraphQLNamedType): number {
    const own = this.rules.weight(type.name)
    if (own !== undefined) return own
    if (!isAbstractType(type)) return isCompositeType(type) ? 1 : 0
    const weights = this.schema.getPossibleTypes(type).map(({ name }) => this.rules.weight(name) ?? 1)
    return Math.max(...weights, 0)
  }
}

/** Whether any of the places that a field stands at is switched on. */
function presence(places: readonly Place[]): (variables: Values) => boolean {
  if (places.some(({ conditions }) => conditions.length === 0)) return () => true
  return (variables) =>
    places.some(({ conditions }) =>
      conditions.every(({ variable, wanted }) => (variables[variable] === true) === wanted),
    )
}

/** Compiles what an operation costs, from its normalised document. */
export function compileCost(schema: GraphQLSchema, document: DocumentNode, rules: CostRules): CostOf {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return () => 0
  const compiler = new Compiler(schema, document, rules)
  const fields = compiler.selection(root, [[operation.selectionSet, []]])
  const base = operation.operation === 'mutation' ? mutationCost : 0
  return (variables) => base + fields(variables, undefined)
}
