import {
  canUse,
  type Draft,
  type DraftAbstract,
  type DraftType,
  draftField,
  draftType,
  own,
  randomShape,
  scalars,
} from './draft.ts'
import { membersInAll } from './draft-abstracts.ts'
import { randomArguments } from './draft-arguments.ts'

/** Whether all these subgraphs can answer with this type, and have an object to answer with. */
function isCommon(draft: Draft, name: string, subgraphs: readonly string[]): boolean {
  if (!subgraphs.every((subgraph) => canUse(draft, name, subgraph))) return false
  const abstract = draft.abstracts.get(name)
  return !abstract || membersInAll(abstract, subgraphs).some(({ isHidden }) => !isHidden)
}

function outputTypes(draft: Draft, subgraphs: readonly string[]): string[] {
  const names = [...scalars, ...draft.enums.map(({ name }) => name), ...draft.abstracts.keys()]
  for (const type of draft.types.values()) {
    if (type.kind === 'root' || type.isHidden || type.name.endsWith('Tag')) continue
    names.push(type.name)
    if (type.kind === 'entity') names.push(type.name)
  }
  return names.filter((name) => isCommon(draft, name, subgraphs))
}

function addField(
  draft: Draft,
  type: DraftType,
  given: { name: string; owners: readonly string[]; of?: string },
) {
  const { random } = draft
  const named = given.of ?? random.pick(outputTypes(draft, given.owners))
  const shape = randomShape(named, random, type.kind === 'root' ? 0.2 : 0.35)
  const field = draftField(given.name, shape, { args: randomArguments(draft) })
  for (const subgraph of given.owners) own(draft, field, subgraph)
  type.fields.push(field)
  return field
}

/** Fields of entities: most in one subgraph, some shared by two. */
export function addEntityFields(draft: Draft): void {
  const { random } = draft
  for (const [index, type] of [...draft.types.values()].filter(({ kind }) => kind === 'entity').entries()) {
    const places = [...type.presence].filter(([, { isResolvable }]) => isResolvable).map(([name]) => name)
    for (const letter of 'abcde'.slice(0, random.between(2, 5))) {
      const owners = random.some(places, random.chance(0.25) ? 2 : 1)
      addField(draft, type, { name: `e${index}${letter}`, owners })
    }
  }
}

/** Fields that a subgraph gives to all objects of an interface without knowing them. */
export function addInterfaceObjectFields(draft: Draft): void {
  const { random } = draft
  const node = draft.abstracts.get('Node')
  if (!node?.entity) return
  for (const letter of 'ab'.slice(0, random.between(1, 2))) {
    const known = new Map<string, DraftType>()
    const holder: DraftType = { ...draftType('Node', 'value'), presence: new Map(), banned: new Set() }
    const field = addField(draft, holder, { name: `extra${letter}`, owners: [node.entity.objectIn] })
    if (random.chance(0.35)) requireCommon(node, field)
    // Planners ask for it of objects of all types where an operation wants it of one: a fault there must take none along.
    field.isSafe = true
    field.shape = { ...field.shape, isNonNull: false }
    node.entity.extra.push(field)
    for (const type of node.members) known.set(type.name, type)
    for (const type of known.values()) type.fields.push(field)
  }
}

/** Lets a field of an `@interfaceObject` depend on a field of the interface. */
function requireCommon(node: DraftAbstract, field: ReturnType<typeof draftField>): void {
  const name = 'common1'
  field.requires = { text: name, fields: [{ name, args: {}, selections: undefined }] }
  for (const type of node.members) {
    for (const common of type.fields) if (common.name === name) common.isSafe = true
  }
}

/** Root fields: a way to every entity and abstract type, some to anything, some shared. */
export function addRoots(draft: Draft): void {
  const { random, subgraphs } = draft
  const query = draftType('Query', 'root')
  const mutation = draftType('Mutation', 'root')
  const add = (type: DraftType, owners: readonly string[], of?: string) =>
    addField(draft, type, {
      name: `${type === query ? 'get' : 'do'}${type.fields.length}`,
      owners,
      ...(of ? { of } : {}),
    })
  for (const type of [...draft.types.values()]) {
    if (type.kind === 'entity') add(query, [random.pick([...type.presence.keys()])], type.name)
  }
  for (const abstract of draft.abstracts.values()) {
    const places = [...abstract.declared.keys(), ...(abstract.entity ? [abstract.entity.objectIn] : [])]
    add(query, [random.pick(places)], abstract.name)
  }
  for (const subgraph of subgraphs) if (random.chance(0.7)) add(query, [subgraph])
  if (random.chance(0.6)) add(query, random.some(subgraphs, 2))
  draft.types.set('Query', query)
  if (!random.chance(0.5)) return
  for (let index = 0; index < random.between(1, 4); index++) add(mutation, [random.pick(subgraphs)])
  draft.types.set('Mutation', mutation)
}
