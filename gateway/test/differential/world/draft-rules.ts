import {
  canUse,
  type Draft,
  type DraftField,
  type DraftType,
  draftField,
  namedOf,
  own,
  randomShape,
  scalars,
  use,
} from './draft.ts'
import type { Required } from './world.ts'

type Selected = { readonly text: string; readonly field: Required }

function entities({ types }: Draft): DraftType[] {
  return [...types.values()].filter(({ kind }) => kind === 'entity')
}

function resolvableIn(type: DraftType): string[] {
  return [...type.presence].filter(([, { isResolvable }]) => isResolvable).map(([name]) => name)
}

/** Whether subgraphs that have the type answer it, not one that knows its interface alone. */
function isLocal(type: DraftType, field: DraftField): boolean {
  return [...field.owners.keys()].every((subgraph) => type.presence.has(subgraph))
}

function isLeaf(draft: Draft, field: DraftField): boolean {
  const name = namedOf(field.shape)
  return !draft.types.has(name) && !draft.abstracts.has(name)
}

/** A field with samples of its arguments, without what is selected in it. */
function selectField(draft: Draft, field: DraftField): Selected | undefined {
  const chosen: string[] = []
  const args: Record<string, unknown> = {}
  for (const { name, sample } of field.args) {
    if (!sample) return undefined
    chosen.push(`${name}: ${sample.literal}`)
    args[name] = sample.value
  }
  const text = chosen.length > 0 ? `${field.name}(${chosen.join(', ')})` : field.name
  return { text, field: { name: field.name, args, selections: isLeaf(draft, field) ? undefined : [] } }
}

/** Leaves of an object that `@requires` may go into. */
function innerFields(draft: Draft, type: DraftType, subgraph: string): DraftField[] {
  return type.fields.filter((field) => {
    if (!isLeaf(draft, field) || !isLocal(type, field) || field.requires) return false
    return type.kind === 'value' || (!field.key && !field.barred.has(subgraph)) || field.owners.has(subgraph)
  })
}

/** A field and what is selected in it, made known to the subgraph that requires it. */
function requireField(draft: Draft, field: DraftField, subgraph: string): Selected | undefined {
  const outer = selectField(draft, field)
  if (!outer) return undefined
  const type = draft.types.get(namedOf(field.shape))
  if (!type) return outer
  if (!canUse(draft, type.name, subgraph)) return undefined
  const inner = draft.random.some(innerFields(draft, type, subgraph), 2)
  const selected = inner.map((it) => ({ it, selection: selectField(draft, it) }))
  if (selected.length === 0 || selected.some(({ selection }) => !selection)) return undefined
  use(draft, type.name, subgraph)
  for (const { it } of selected) {
    it.isSafe = true
    if (!it.owners.has(subgraph)) it.barred.set(subgraph, 'external')
  }
  const selections = selected.flatMap(({ selection }) => selection ?? [])
  return {
    text: `${outer.text} { ${selections.map(({ text }) => text).join(' ')} }`,
    field: { ...outer.field, selections: selections.map(({ field: it }) => it) },
  }
}

/** Fields that depend on fields of other subgraphs. */
export function addRequires(draft: Draft): void {
  const { random } = draft
  for (const [index, type] of entities(draft).entries()) {
    const subgraph = random.pick(resolvableIn(type))
    if (!random.chance(0.65)) continue
    const elsewhere = type.fields.filter(
      (field) => !field.owners.has(subgraph) && !field.key && isLocal(type, field) && field.barred.size === 0,
    )
    const usable = elsewhere.filter((field) => !draft.abstracts.has(namedOf(field.shape)))
    const selected = random.some(usable, random.between(1, 2)).flatMap((field) => {
      const selection = requireField(draft, field, subgraph)
      if (!selection) return []
      field.isSafe = true
      field.barred.set(subgraph, 'external')
      return selection
    })
    if (selected.length === 0) continue
    const field = draftField(`r${index}`, randomShape(random.pick(scalars), random), {
      requires: { text: selected.map(({ text }) => text).join(' '), fields: selected.map((it) => it.field) },
    })
    own(draft, field, subgraph)
    type.fields.push(field)
  }
}

/** Fields that moved from one subgraph to another. */
export function addOverrides(draft: Draft): void {
  const { random } = draft
  for (const type of entities(draft)) {
    for (const field of type.fields) {
      const [from, ...others] = field.owners.keys()
      if (field.key || field.isInInterface || field.requires || field.barred.size > 0) continue
      if (from === undefined || others.length > 0 || !type.presence.has(from) || !random.chance(0.08))
        continue
      const name = namedOf(field.shape)
      if (draft.abstracts.has(name)) continue
      const places = resolvableIn(type).filter((it) => it !== from && canUse(draft, name, it))
      if (places.length === 0) continue
      const to = random.pick(places)
      own(draft, field, to)
      field.owners.set(to, [`@override(from: "${from}")`])
      field.owners.delete(from)
      field.barred.set(from, 'overridden')
    }
  }
}

function providable(draft: Draft, type: DraftType, subgraph: string): DraftField[] {
  return type.fields.filter(
    (field) =>
      isLeaf(draft, field) &&
      isLocal(type, field) &&
      !field.key &&
      !field.requires &&
      field.args.length === 0 &&
      !field.owners.has(subgraph) &&
      ![...field.barred.values()].includes('overridden'),
  )
}

/** Fields that another subgraph gives on one path only. */
export function addProvides(draft: Draft): void {
  const { random } = draft
  for (const type of [...draft.types.values()]) {
    for (const field of type.kind === 'value' ? [] : type.fields) {
      const [subgraph, ...others] = field.owners.keys()
      const target = draft.types.get(namedOf(field.shape))
      if (subgraph === undefined || others.length > 0 || field.key || target?.kind !== 'entity') continue
      const given = providable(draft, target, subgraph)
      if (given.length === 0 || !random.chance(0.25)) continue
      const provided = random.pick(given)
      provided.barred.set(subgraph, 'external')
      for (const marks of provided.owners.values()) marks.push('@shareable')
      field.provides.set(subgraph, [provided.name])
    }
  }
}

/** Fields that clients don't see, also some that others require or have for a key. */
export function hideFields({ random, types }: Draft): void {
  for (const type of types.values()) {
    for (const field of type.fields) {
      const isOnlyKey =
        field.key !== undefined &&
        (type.keys.length < 2 || field.name === 'id' || field.key.kind === 'object')
      if (type.kind !== 'entity' || isOnlyKey || field.isInInterface || !random.chance(0.06)) continue
      field.isHidden = true
      const [marks] = field.owners.values()
      marks?.push('@inaccessible')
    }
  }
}

/** Subgraphs that differ in what they call non-null. */
export function loosen({ random, types, isUneven }: Draft): void {
  if (!isUneven) return
  for (const type of types.values()) {
    for (const field of type.fields) {
      const places = [...field.owners.keys()]
      if (places.length < 2 || field.key || field.isInInterface || !random.chance(0.5)) continue
      field.loose.add(random.pick(places))
    }
  }
}
