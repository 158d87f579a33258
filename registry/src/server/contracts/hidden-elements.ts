import type { Contract } from '@headcount/registry-api'
import { type ConstDirectiveNode, type DocumentNode, Kind, type TypeDefinitionNode } from 'graphql'
import { argumentsOf, isOutput, membersOf, ownTypes } from './elements.ts'
import type { LinkNames } from './link-names.ts'
import { reachableTypes } from './reachable-types.ts'

/** Identities of the specifications that contracts are made of. */
export const identities = {
  tag: 'https://specs.apollo.dev/tag',
  inaccessible: 'https://specs.apollo.dev/inaccessible',
} as const

type Rules = Pick<Contract, 'include' | 'exclude' | 'hidesUnreachable'>
type Tagged = { readonly directives?: readonly ConstDirectiveNode[] | undefined }

/** What is hidden already, or has a tag that hides it. */
interface Marks {
  isHidden(element: Tagged): boolean
  isExcluded(element: Tagged): boolean
  /** Whether a tag of the type or of its field lets the field through. */
  isIncluded(type: Tagged, field: Tagged): boolean
}

/**
 * Coordinates of all that a contract hides: `Event`, `Event.slug`, `Query.events.first`, `Status.DRAFT`. `exclude` goes
 * before `include`, and a type's tag is its fields' too. What has nothing left in it is hidden itself, then, if asked for,
 * what nothing leads to.
 */
export function hiddenElements(document: DocumentNode, links: LinkNames, rules: Rules): Set<string> {
  const types = ownTypes(document, links)
  const marks = marksOf(links, rules)
  const hidden = new Set<string>()
  for (const type of types.values()) hideByTags(type, marks, hidden)
  for (const type of types.values()) hideEmpty(type, hidden)
  for (const type of types.values()) hideEmptyUnion(type, hidden)
  if (rules.hidesUnreachable) {
    const reached = reachableTypes(document, types, hidden)
    for (const name of types.keys()) if (!reached.has(name)) hidden.add(name)
  }
  return hidden
}

function marksOf(links: LinkNames, { include, exclude }: Rules): Marks {
  const tag = links.directive(identities.tag)
  const inaccessible = links.directive(identities.inaccessible)
  const tagsOf = ({ directives = [] }: Tagged) =>
    directives.filter(({ name }) => name.value === tag).map(nameOfTag)
  const has = (element: Tagged, tags: readonly string[]) => tagsOf(element).some((one) => tags.includes(one))
  return {
    isHidden: ({ directives = [] }) => directives.some(({ name }) => name.value === inaccessible),
    isExcluded: (element) => has(element, exclude),
    isIncluded: (type, field) => include.length === 0 || has(type, include) || has(field, include),
  }
}

function nameOfTag({ arguments: given = [] }: ConstDirectiveNode): string {
  const value = given.find(({ name }) => name.value === 'name')?.value
  return value?.kind === Kind.STRING ? value.value : ''
}

function hideByTags(type: TypeDefinitionNode, marks: Marks, hidden: Set<string>): void {
  const name = type.name.value
  const isGone = (element: Tagged) => marks.isHidden(element) || marks.isExcluded(element)
  if (isGone(type)) hidden.add(name)
  for (const member of membersOf(type)) {
    const coordinate = `${name}.${member.name.value}`
    if (isGone(member) || (isOutput(type) && !marks.isIncluded(type, member))) hidden.add(coordinate)
    for (const argument of argumentsOf(member)) {
      if (isGone(argument)) hidden.add(`${coordinate}.${argument.name.value}`)
    }
  }
}

function hideEmpty(type: TypeDefinitionNode, hidden: Set<string>): void {
  const members = membersOf(type)
  const name = type.name.value
  if (members.length > 0 && members.every((one) => hidden.has(`${name}.${one.name.value}`))) hidden.add(name)
}

function hideEmptyUnion(type: TypeDefinitionNode, hidden: Set<string>): void {
  if (type.kind !== Kind.UNION_TYPE_DEFINITION) return
  if (type.types?.every((member) => hidden.has(member.name.value))) hidden.add(type.name.value)
}
