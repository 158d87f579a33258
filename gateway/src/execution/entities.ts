import type { EntityGroup, Path } from '../planning/plan.ts'
import { Batch } from './batch.ts'
import { collectInContexts } from './contexts.ts'
import { EntityCode, type Representation } from './entity-code.ts'
import { copied, merged } from './merge.ts'
import type { PossibleTypes } from './possible-types.ts'
import { applyRewrites } from './rewrite.ts'
import { Source } from './source.ts'

type Value = Record<string, unknown>

/** What is done for one group of entities. */
export interface CompiledGroup {
  readonly group: EntityGroup
  /** Finds the objects at the group's paths, and gives each that can be asked about its place in a batch. */
  collect(data: Value): Batch
  /** The representations of a batch as JSON, with commas between them. */
  textOf(batch: Batch): string
  /** A representation as an object. */
  objectOf(target: Value): Value
  /** Merges the answer's entities into the targets. */
  merge(entities: readonly unknown[], batch: Batch): void
}

/** Compiles the search for the objects at a path. */
export function compileTargets(path: Path, types: PossibleTypes): (data: Value) => Value[] {
  const code = new EntityCode(types)
  const { source } = code
  source.add(`function find(data) {\nconst into = []\n${code.walk(path, 'into.push(v)')}\nreturn into\n}`)
  return source.compile('find')
}

interface Collector {
  readonly collect: (data: Value, batch: Batch) => void
  /** What an object's representation is known by among those of its batch; undefined = the data lack a part of it. */
  readonly keyOf: (target: Value) => unknown
  readonly objectOf: (target: Value) => Value
  readonly textOf: (target: Value) => string
  /** Whether the keys of a batch are the representations' JSON. */
  readonly isKeyedByText: boolean
}

/** Code that tells equal representations by something cheaper than their JSON, where they differ in one leaf alone. */
function keyCode(representations: readonly Representation[], source: Source): string[] {
  const isOnly = representations.length === 1
  return representations.map(({ condition, singleKey, text }, index) => {
    const when = condition === undefined ? '' : `if (${condition}) `
    if (singleKey === undefined) return `${when}return ${text}(v)`
    // Objects of another type may have the same id.
    const key = isOnly ? 'x' : `${source.text(`${index}:`)} + x`
    return `${when}{ const x = ${singleKey}; return x === null || x === undefined ? undefined : ${key} }`
  })
}

function compileCollect(group: EntityGroup, types: PossibleTypes): Collector {
  const code = new EntityCode(types)
  const { source } = code
  const representations = code.representations(group.requires)
  source.add(`function keyOf(v) {\n${keyCode(representations, source).join('\n')}\nreturn undefined\n}`)
  for (const form of ['object', 'text'] as const) {
    const cases = representations.map(
      ({ condition, [form]: make }) =>
        `${condition === undefined ? '' : `if (${condition}) `}return ${make}(v)`,
    )
    source.add(`function ${form}Of(v) {\n${cases.join('\n')}\n}`)
  }
  const visit = 'const k = keyOf(v); if (k !== undefined) into.add(v, k)'
  const walks = group.paths.map((path) => code.walk(path, visit))
  source.add(`function collect(data, into) {\n${walks.join('\n')}\n}`)
  const isKeyedByText = representations.every(({ singleKey }) => singleKey === undefined)
  const compiled = source.compile<Omit<Collector, 'isKeyedByText'>>('{ collect, keyOf, objectOf, textOf }')
  return { ...compiled, isKeyedByText }
}

/** Assigns the keys that a group's answer has, without a loop over unknown names. */
function compileMerge(keys: readonly string[], mustCopy: boolean, types: PossibleTypes) {
  const source = new Source()
  const merge = source.value(merged)
  const copy = source.value(copied)
  const isObject = source.value((name: string) => types.isObject(name))
  const lines = keys.map((key) => {
    if (key === '__typename') {
      // An `@interfaceObject` subgraph says the interface's name; what another one has said is closer to the truth.
      return `x = e.__typename\nif (x !== undefined && (t.__typename === undefined || ${isObject}(x))) t.__typename = x`
    }
    const target = source.property('t', key)
    const x = mustCopy ? `${copy}(x)` : 'x'
    return `x = ${source.property('e', key)}\nif (x !== undefined) ${target} = ${target} === undefined ? ${x} : ${merge}(${target}, ${x})`
  })
  source.add(`function mergeEntity(t, e) {\nlet x\n${lines.join('\n')}\n}`)
  return source.compile<(target: Value, entity: Value) => void>('mergeEntity')
}

function collectOf(group: EntityGroup, { collect, keyOf }: Collector, types: PossibleTypes) {
  if (group.contextArguments) return collectInContexts(group, keyOf, types)
  return (data: Value) => {
    const batch = new Batch()
    collect(data, batch)
    return batch
  }
}

/**
 * Compiles one group.
 *
 * @param options.keys response keys at the top of the group's entities
 * @param options.mustCopy whether an entity that goes to several objects must be copied: something later writes into it
 */
export function compileGroup(
  group: EntityGroup,
  options: { readonly types: PossibleTypes; readonly keys: readonly string[]; readonly mustCopy: boolean },
): CompiledGroup {
  const { types, keys, mustCopy } = options
  const collector = compileCollect(group, types)
  const mergeFirst = compileMerge(keys, false, types)
  const mergeAgain = mustCopy ? compileMerge(keys, true, types) : mergeFirst
  const { inputRewrites, outputRewrites } = group
  const objectOf = (target: Value) => {
    const object = collector.objectOf(target)
    applyRewrites(object, inputRewrites, types)
    return object
  }
  const isRewritten = inputRewrites.length > 0
  return {
    group,
    collect: collectOf(group, collector, types),
    objectOf,
    textOf({ sources, indexes }) {
      if (isRewritten) return sources.map((source) => JSON.stringify(objectOf(source))).join()
      if (collector.isKeyedByText) return [...indexes.keys()].join()
      let text = ''
      for (const source of sources)
        text += text === '' ? collector.textOf(source) : `,${collector.textOf(source)}`
      return text
    },
    merge(entities, batch) {
      if (outputRewrites.length > 0) applyRewrites(entities, outputRewrites, types)
      const { targets, order } = batch
      // Entities that are given away already; only they may be shared.
      const given = mustCopy ? new Set<number>() : undefined
      for (let index = 0; index < targets.length; index += 1) {
        const target = targets[index]
        const place = order[index] ?? 0
        const entity = entities[place]
        if (!target || typeof entity !== 'object' || entity === null) continue
        if (given?.has(place)) mergeAgain(target, entity as Value)
        else mergeFirst(target, entity as Value)
        given?.add(place)
      }
    },
  }
}
