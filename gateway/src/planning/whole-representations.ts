import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { EntityGroup, RequiredSelection, Rewrite } from './plan.ts'
import type { SubgraphFacts } from './subgraph-facts.ts'

type RequiredField = RequiredSelection & { readonly kind: 'field' }

/** What of an object of a type goes into its representation: the fields of all fragments that it is in. */
export function fieldsFor(
  type: string,
  selections: readonly RequiredSelection[],
  facts: SubgraphFacts,
): RequiredField[] {
  const found = new Map<string, RequiredField[]>()
  const add = (field: RequiredField) => {
    const id = `${field.name} ${field.alias ?? ''}`
    const before = found.get(id) ?? []
    if (field.selections || before.length === 0) found.set(id, [...before, field])
  }
  for (const selection of selections) {
    if (selection.kind === 'field') add(selection)
    else if (isOf(type, selection.type, facts)) fieldsFor(type, selection.selections, facts).forEach(add)
  }
  return [...found.values()].flat()
}

function isOf(type: string, condition: string | undefined, { types }: SubgraphFacts): boolean {
  return condition === undefined || condition === type || types.everyObjectOf(condition).includes(type)
}

function everyField(selections: readonly RequiredSelection[]): RequiredField[] {
  return selections.flatMap((one) => (one.kind === 'field' ? [one] : everyField(one.selections)))
}

/** Whether a representation has all of a `@key` or `@requires`. */
function covers(sent: readonly RequiredField[], wanted: SelectionSetNode): boolean {
  return wanted.selections.every((selection) => {
    // What is wanted of some types alone may be lacking in others.
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return true
    const fields = sent.filter(({ name }) => name === selection.name.value)
    if (fields.length === 0) return false
    const inner = fields.flatMap(({ selections }) => everyField(selections ?? []))
    return !selection.selectionSet || covers(inner, selection.selectionSet)
  })
}

/** By which type a subgraph is told of an object: another than its own where it knows the interface alone. */
function toldTypeOf(type: string, rewrites: readonly Rewrite[], facts: SubgraphFacts): string {
  for (const rewrite of rewrites) {
    const last = rewrite.path.at(-1)
    if (rewrite.kind !== 'set' || last?.kind !== 'field' || last.key !== '__typename') continue
    const isMeant = rewrite.path.every(
      (segment) => segment.kind === 'field' || segment.names.some((name) => isOf(type, name, facts)),
    )
    if (isMeant) return rewrite.value
  }
  return type
}

/** Names of the fields that are asked for of an object. */
function* askedFor(set: SelectionSetNode, isMeant: (condition: string) => boolean): Generator<string> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) yield selection.name.value
    if (selection.kind !== Kind.INLINE_FRAGMENT) continue
    const condition = selection.typeCondition?.name.value
    if (condition === undefined || isMeant(condition)) yield* askedFor(selection.selectionSet, isMeant)
  }
}

/** What a group's objects are sent for. */
export interface Asked {
  readonly group: EntityGroup
  readonly entities: SelectionSetNode
  readonly subgraph: string
  readonly facts: SubgraphFacts
}

/** What the fields that are asked for of an object require of it. */
export function requiredBy(type: string, { group, entities, subgraph, facts }: Asked): SelectionSetNode[] {
  const told = toldTypeOf(type, group.inputRewrites, facts)
  const isMeant = (condition: string) => isOf(type, condition, facts) || isOf(told, condition, facts)
  return [...askedFor(entities, isMeant)].flatMap((name) => {
    const field = facts.field(subgraph, told, name) ?? facts.field(subgraph, type, name)
    return field?.requires ?? []
  })
}

function isWhole(type: string, asked: Asked): boolean {
  const { group, subgraph, facts } = asked
  const told = toldTypeOf(type, group.inputRewrites, facts)
  const sent = fieldsFor(type, group.requires, facts)
  if (!facts.keys(subgraph, told).some((key) => covers(sent, key))) return false
  return requiredBy(type, asked).every((required) => covers(sent, required))
}

/** Types that an object can say that it is of, where a representation is for objects of a type. */
function typesSaid(type: string, { types }: SubgraphFacts): readonly string[] {
  const objects = types.everyObjectOf(type)
  return types.isSaidByName(type) ? [type, ...objects] : objects
}

/**
 * A group that represents only objects of which it sends a whole key and all that the fields asked for require. Both
 * planners leave out a part for types of which they ask nothing there, and send the rest nevertheless; a subgraph answers
 * with an error then.
 */
export function withWholeRepresentations(asked: Asked): EntityGroup {
  const { group, facts } = asked
  const conditions = group.requires.map((one) => (one.kind === 'fragment' ? one.type : undefined))
  const named = conditions.filter((condition) => condition !== undefined)
  if (named.length < conditions.length) return group
  const said = [...new Set(named.flatMap((type) => typesSaid(type, facts)))]
  const whole = said.filter((type) => isWhole(type, asked))
  if (whole.length === said.length) return group
  const requires = whole.map((type): RequiredSelection => {
    return { kind: 'fragment', type, selections: fieldsFor(type, group.requires, facts) }
  })
  return { ...group, requires }
}

/** The field of a document that asks for the entities of a group. */
export function fieldOf({ responseKey }: EntityGroup, set: SelectionSetNode): FieldNode | undefined {
  return set.selections.find(
    (one): one is FieldNode => one.kind === Kind.FIELD && (one.alias ?? one.name).value === responseKey,
  )
}

/** Selections of one object with the fragments that are spread among them in their places. */
export function withFragments(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionSetNode {
  const selections = set.selections.map((selection): SelectionNode => {
    if (selection.kind === Kind.FIELD) return selection
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    if (!fragment) return selection
    const { typeCondition } = fragment
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition ? { typeCondition } : {}),
      ...(selection.directives ? { directives: selection.directives } : {}),
      selectionSet: withFragments(fragment.selectionSet, fragments),
    }
  })
  return { ...set, selections }
}

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  )
}
