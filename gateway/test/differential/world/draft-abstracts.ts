import type { Random } from '../random.ts'
import {
  canUse,
  type Draft,
  type DraftAbstract,
  type DraftType,
  draftField,
  own,
  randomShape,
  scalars,
  use,
} from './draft.ts'
import { randomArguments } from './draft-arguments.ts'

function isOrdinary(type: DraftType): boolean {
  return !type.name.endsWith('Tag') && type.kind !== 'root'
}

function chooseMembers({ types, random }: Draft): DraftType[] {
  const ordinary = [...types.values()].filter(isOrdinary)
  const members = random.some(ordinary, random.between(2, 4))
  // Clients would see an abstract type without any object.
  return members.some(({ isHidden }) => !isHidden) ? members : [...members, ...ordinary.slice(0, 1)]
}

/** Adds a field to a type, in every subgraph that must have it: all of a value's, those given of an entity. */
function addInterfaceField(
  draft: Draft,
  type: DraftType,
  given: { name: string; homes: string[]; like: DraftLike },
) {
  const field = draftField(given.name, given.like.shape, { args: given.like.args, isInInterface: true })
  type.fields.push(field)
  const places = type.kind === 'value' ? [...type.presence.keys(), ...given.homes] : given.homes
  for (const subgraph of places) own(draft, field, subgraph)
}

type DraftLike = Pick<ReturnType<typeof draftField>, 'shape' | 'args'>

/** Which of an interface's fields a subgraph names, of those that one member at least has there. */
function declareElsewhere(draft: Draft, abstract: DraftAbstract): void {
  const { random } = draft
  for (const subgraph of draft.subgraphs) {
    if (abstract.declared.has(subgraph) || !random.chance(0.3)) continue
    const owned = abstract.members.map((type) =>
      abstract.fields.filter(({ name }) =>
        type.fields.some((it) => it.name === name && it.owners.has(subgraph)),
      ),
    )
    const most = owned.sort((a, b) => b.length - a.length)[0] ?? []
    if (most.length > 0) {
      abstract.declared.set(
        subgraph,
        random.some(most, random.between(1, most.length)).map(({ name }) => name),
      )
    }
  }
}

function fieldTypes(draft: Draft, homes: readonly string[]): string[] {
  const objects = [...draft.types.values()].filter(
    (type) => isOrdinary(type) && !type.isHidden && !type.banned.size,
  )
  const names = [...scalars, ...draft.enums.map(({ name }) => name), ...objects.map(({ name }) => name)]
  return names.filter((name) => homes.every((subgraph) => canUse(draft, name, subgraph)))
}

function addInterface(draft: Draft, name: string): void {
  const { random, subgraphs } = draft
  const members = chooseMembers(draft)
  const possible = subgraphs.filter((subgraph) => members.every((type) => canUse(draft, type.name, subgraph)))
  if (possible.length === 0) return
  const homes = random.some(possible, random.between(1, 2))
  for (const subgraph of homes) {
    for (const type of members) {
      use(draft, type.name, subgraph)
      const presence = type.presence.get(subgraph)
      if (presence) presence.isResolvable = true
    }
  }
  const fields = [`${name.toLowerCase()}a`, `${name.toLowerCase()}b`].slice(random.int(2)).map((field) => {
    const shape = randomShape(random.pick(fieldTypes(draft, homes)), random)
    return draftField(field, shape, { args: randomArguments(draft, 0.25) })
  })
  for (const type of members) {
    for (const like of fields) addInterfaceField(draft, type, { name: like.name, homes, like })
  }
  const declared = new Map(homes.map((subgraph) => [subgraph, fields.map((field) => field.name)]))
  const abstract: DraftAbstract = { name, kind: 'interface', members, declared, fields, entity: undefined }
  declareElsewhere(draft, abstract)
  draft.abstracts.set(name, abstract)
}

function unionMembers(draft: Draft, members: readonly DraftType[], subgraph: string): DraftType[] {
  const usable = members.filter((type) => canUse(draft, type.name, subgraph))
  return draft.random.some(usable, draft.random.between(1, 3))
}

function addUnion(draft: Draft, name: string): void {
  const { random, subgraphs } = draft
  const members = chooseMembers(draft)
  const declared = new Map<string, readonly string[]>()
  for (const subgraph of random.some(subgraphs, random.between(1, 3))) {
    const there = unionMembers(draft, members, subgraph)
    if (!there.some(({ isHidden }) => !isHidden)) continue
    for (const type of there) use(draft, type.name, subgraph)
    declared.set(
      subgraph,
      there.map((type) => type.name),
    )
  }
  if (declared.size === 0) return
  draft.abstracts.set(name, { name, kind: 'union', members, declared, fields: [], entity: undefined })
}

function counted(random: Random, most: number): number[] {
  return Array.from({ length: random.between(1, most) }, (_, index) => index)
}

/** Interfaces and unions, which subgraphs know in part. */
export function addAbstracts(draft: Draft): void {
  for (const index of counted(draft.random, 2)) addInterface(draft, `Face${index}`)
  for (const index of counted(draft.random, 2)) addUnion(draft, `Union${index}`)
}

/** The object types that an abstract type has in a subgraph. */
export function membersIn(abstract: DraftAbstract, subgraph: string): DraftType[] {
  const { entity, declared, members, kind } = abstract
  if (entity?.objectIn === subgraph) return [...members]
  const names = declared.get(subgraph)
  if (!names) return []
  if (kind === 'union') return members.filter(({ name }) => names.includes(name))
  return members.filter((type) =>
    names.every((name) => type.fields.some((field) => field.name === name && field.owners.has(subgraph))),
  )
}

/** The object types that all these subgraphs can answer. */
export function membersInAll(abstract: DraftAbstract, subgraphs: readonly string[]): DraftType[] {
  return abstract.members.filter((type) => subgraphs.every((it) => membersIn(abstract, it).includes(type)))
}
