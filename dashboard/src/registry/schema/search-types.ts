import type { DescribedType } from '@headcount/registry-api'
import type { UsageIndex } from './usage-index.ts'

/** What to show of the types. */
export interface TypeFilter {
  /** Part of a type's or a field's name. */
  text: string
  kind: 'all' | DescribedType['kind']
  /** A subgraph; empty = all. */
  owner: string
  /** Only what has deprecated elements. */
  isDeprecated: boolean
  /** Only what has elements that nobody used. */
  isUnused: boolean
}

export const ALL_TYPES: TypeFilter = {
  text: '',
  kind: 'all',
  owner: '',
  isDeprecated: false,
  isUnused: false,
}

/** The filter that an address asks for: `#unused`, `#owner=gates`; all types else. */
export function filterInHash(hash: string): TypeFilter {
  if (hash === '#unused') return { ...ALL_TYPES, isUnused: true }
  const [, owner] = /^#owner=([\w-]+)$/.exec(hash) ?? []
  return owner === undefined ? ALL_TYPES : { ...ALL_TYPES, owner }
}

/** A type that was found, and which of its elements led to it; none = the type itself did. */
export interface FoundType {
  type: DescribedType
  members: readonly string[]
}

interface Member {
  name: string
  deprecationReason: string | null
  owners?: readonly string[]
}

/** Types that a filter lets through, with the fields and values that it is about. */
export function searchTypes(
  types: readonly DescribedType[],
  filter: TypeFilter,
  usage: UsageIndex,
): FoundType[] {
  return types.flatMap((type) => {
    if (filter.kind !== 'all' && type.kind !== filter.kind) return []
    if (filter.owner && !type.owners.includes(filter.owner)) return []
    const found = foundIn(type, filter, usage)
    return found ? [found] : []
  })
}

function foundIn(type: DescribedType, filter: TypeFilter, usage: UsageIndex): FoundType | undefined {
  const part = filter.text.trim().toLowerCase()
  const isNamed = type.name.toLowerCase().includes(part)
  const isMarked = ({ name, deprecationReason }: Member) =>
    (!filter.isDeprecated || deprecationReason !== null) &&
    (!filter.isUnused || usage.isUnused(`${type.name}.${name}`))
  const isMeant = (member: Member) =>
    (isNamed || member.name.toLowerCase().includes(part)) &&
    (!filter.owner || (member.owners?.includes(filter.owner) ?? true)) &&
    isMarked(member)
  const members = membersOf(type).filter(isMeant)
  const isAboutMembers = filter.isDeprecated || filter.isUnused
  if (isAboutMembers || !isNamed) return members.length > 0 ? { type, members: namesOf(members) } : undefined
  return { type, members: [] }
}

function membersOf({ fields, values }: DescribedType): readonly Member[] {
  return [...fields, ...values]
}

const namesOf = (members: readonly Member[]) => members.map(({ name }) => name)

/** Fields that lead to a type, as coordinates. */
export function leadingTo(types: readonly DescribedType[], name: string): string[] {
  return types.flatMap((type) =>
    type.fields
      .filter(
        (field) => typeNameIn(field.type) === name || field.args.some((arg) => typeNameIn(arg.type) === name),
      )
      .map((field) => `${type.name}.${field.name}`),
  )
}

/** `Zone` in `[Zone!]!`. */
export function typeNameIn(type: string): string {
  return type.replace(/[[\]!\s]/g, '')
}
