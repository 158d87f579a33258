// From a draft to the plain form that data follow from.
import { type Draft, type DraftField, type DraftType, namedOf } from './draft.ts'
import { membersInAll } from './draft-abstracts.ts'
import type { FieldModel, KeyPaths, ObjectModel, SubgraphModel, World } from './world.ts'
import { writeSdl } from './write-sdl.ts'

/** Not every draft can be given data. */
export class UnusableDraft extends Error {}

function fieldModel(draft: Draft, field: DraftField): FieldModel {
  const owners = [...field.owners.keys()]
  const abstract = draft.abstracts.get(namedOf(field.shape))
  const members = abstract && membersInAll(abstract, owners)
  if (members?.every(({ isHidden }) => isHidden)) throw new UnusableDraft(`${field.name} has no object type.`)
  return {
    name: field.name,
    shape: field.shape,
    owners,
    members: members?.map(({ name }) => name),
    key: field.key,
    requires: field.requires?.fields,
    isSafe: field.isSafe,
  }
}

/**
 * Subgraphs that may not know an entity. Only where nothing else depends on their answer: one key for all, no field
 * shared, required, provided or moved.
 */
function missingIn(type: DraftType): string[] {
  const [first, ...others] = [...type.presence.values()].map(({ keys }) =>
    [...keys].map(({ text }) => text).join(),
  )
  const isPlain = type.fields.every(
    (field) => field.key || (field.owners.size === 1 && field.barred.size === 0 && !field.isSafe),
  )
  if (type.kind !== 'entity' || type.keys.length > 1 || type.banned.size > 0 || !isPlain) return []
  return others.every((keys) => keys === first) ? [...type.presence.keys()] : []
}

function objectModel(draft: Draft, type: DraftType): ObjectModel {
  const fields = type.fields.filter((field) => field.owners.size > 0)
  return {
    name: type.name,
    kind: type.kind,
    fields: Object.fromEntries(fields.map((field) => [field.name, fieldModel(draft, field)])),
    missingIn: missingIn(type),
    isHidden: type.isHidden,
  }
}

/** What differs from one subgraph to another besides its schema. */
function subgraphModel(draft: Draft, name: string): SubgraphModel {
  const keys: Record<string, readonly KeyPaths[]> = {}
  const barred: Record<string, 'external' | 'overridden'> = {}
  const provides: Record<string, readonly string[]> = {}
  for (const type of draft.types.values()) {
    const presence = type.presence.get(name)
    if (presence?.isResolvable && presence.keys.size > 0) {
      keys[type.name] = [...presence.keys].map(({ paths }) => paths)
    }
    for (const field of type.fields) {
      const bar = field.barred.get(name)
      if (bar) barred[`${type.name}.${field.name}`] = bar
      const provided = field.provides.get(name)
      if (provided) provides[`${type.name}.${field.name}`] = provided
    }
  }
  const interfaceObjects: string[] = []
  for (const { name: node, entity } of draft.abstracts.values()) {
    if (!entity) continue
    if (entity.home === name || entity.objectIn === name) keys[node] = [[['id']]]
    if (entity.objectIn !== name) continue
    interfaceObjects.push(node)
    for (const { requires, provides: provided, name: field } of entity.extra) {
      for (const required of requires?.fields ?? []) barred[`${node}.${required.name}`] = 'external'
      const given = provided.get(name)
      if (given) provides[`${node}.${field}`] = given
    }
  }
  return { name, sdl: writeSdl(draft, name), keys, barred, provides, interfaceObjects }
}

/** @throws UnusableDraft */
export function readModels(draft: Draft, seed: number): World {
  const objects = [...draft.types.values()].map((type) => objectModel(draft, type))
  return {
    seed,
    subgraphs: draft.subgraphs.map((name) => subgraphModel(draft, name)),
    objects: Object.fromEntries(objects.map((model) => [model.name, model])),
    enums: Object.fromEntries(draft.enums.map((model) => [model.name, model])),
    isUneven: draft.isUneven,
  }
}
