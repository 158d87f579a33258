import type { EntityGroup, Path, RequiredSelection } from '../planning/plan.ts'
import { copied, merged } from './merge.ts'
import type { PossibleTypes } from './possible-types.ts'
import { applyRewrites } from './rewrite.ts'
import { Source } from './source.ts'

type Value = Record<string, unknown>

/** The objects of one group in one request, each representation once. */
export class Batch {
  /** Objects that the entities are merged into. */
  readonly targets: Value[] = []
  /** Of each target: which representation is its. */
  readonly order: number[] = []
  /** The first target of each representation. */
  readonly sources: Value[] = []
  readonly indexes = new Map<unknown, number>()

  /** Hot path: once for each object at a group's paths. */
  add(target: Value, key: unknown): void {
    let index = this.indexes.get(key)
    if (index === undefined) {
      index = this.sources.length
      this.indexes.set(key, index)
      this.sources.push(target)
    }
    this.targets.push(target)
    this.order.push(index)
  }
}

/** What is done for one group of entities. */
export interface CompiledGroup {
  readonly group: EntityGroup
  /** Finds the objects at the group's paths, and gives each that can be asked about its place in the batch. */
  collect(data: Value, batch: Batch): void
  /** A representation as JSON. */
  textOf(target: Value): string
  /** A representation as an object. */
  objectOf(target: Value): Value
  /** Merges the answer's entities into the targets. */
  merge(entities: readonly unknown[], batch: Batch): void
}

interface Representation {
  /** Condition on the object `v`; undefined = holds always. */
  readonly condition: string | undefined
  /** The only thing in which objects of this type differ, when there is just one; else undefined. */
  readonly singleKey: string | undefined
  readonly object: string
}

class Generation {
  readonly source = new Source()
  private readonly types: PossibleTypes

  constructor(types: PossibleTypes) {
    this.types = types
  }

  private condition(v: string, type: string | undefined): string | undefined {
    if (type === undefined) return undefined
    const names = this.types.of(type)
    const typename = `${v}.__typename`
    if (names.size === 1) return `${typename} === ${this.source.text(type)}`
    return `${this.source.value(names)}.has(${typename})`
  }

  /** Expression of one field's value in a representation; answers `undefined` where the data lack it. */
  private field(v: string, field: RequiredSelection & { kind: 'field' }): string {
    const { name, alias, selections } = field
    const value = this.source.property(v, alias ?? name)
    return selections ? `${this.nested(selections)}(${value})` : value
  }

  /** A function that picks selections of an object, of every object in a list, or hands null on. */
  private nested(selections: readonly RequiredSelection[]): string {
    const name = this.source.name('pick')
    const steps = this.assignments('v', selections)
    this.source.add(
      `function ${name}(v) {\nif (v === null || v === undefined) return v\nif (Array.isArray(v)) return v.map(${name})\nconst r = {}\n${steps}\nreturn r\n}`,
    )
    return name
  }

  /** A function that picks a whole representation; it answers nothing where the data lack a part of it. */
  private whole(selections: readonly RequiredSelection[]): string {
    const name = this.source.name('pick')
    const steps = this.assignments('v', selections, 'return undefined')
    this.source.add(`function ${name}(v) {\nconst r = {}\n${steps}\nreturn r\n}`)
    return name
  }

  private assignments(v: string, selections: readonly RequiredSelection[], otherwise = ''): string {
    const lines: string[] = []
    for (const selection of selections) {
      if (selection.kind === 'fragment') {
        const condition = this.condition(v, selection.type)
        const inner = this.assignments(v, selection.selections, otherwise)
        lines.push(condition === undefined ? inner : `if (${condition}) {\n${inner}\n}`)
        continue
      }
      const x = this.source.name('x')
      const key = this.source.property('r', selection.name)
      lines.push(`const ${x} = ${this.field(v, selection)}\nif (${x} !== undefined) ${key} = ${x}${otherwise && `\nelse ${otherwise}`}`)
    }
    return lines.join('\n')
  }

  /** How objects of each type are represented: the first whose condition holds. */
  representations(requires: readonly RequiredSelection[]): Representation[] {
    return requires.map((selection) => {
      const type = selection.kind === 'fragment' ? selection.type : undefined
      const selections = selection.kind === 'fragment' ? selection.selections : requires
      const fields = selections.filter((node) => node.kind === 'field')
      const isFlat = fields.length === selections.length && fields.every((node) => !node.selections)
      const [only, second] = fields.filter(({ name }) => name !== '__typename')
      return {
        condition: this.condition('v', type),
        singleKey: isFlat && only && !second ? this.field('v', only) : undefined,
        object: this.whole(selections),
      }
    })
  }

  /** Loops over the objects at a path; `visit` is code for the object `v` at its end. */
  walk(path: Path, visit: string): string {
    const step = (at: number, value: string): string => {
      const segment = path[at]
      if (!segment) {
        return `if (Array.isArray(${value})) { for (const v of ${value}) if (v !== null && typeof v === 'object') { ${visit} } }\nelse { const v = ${value}; ${visit} }`
      }
      const next = this.source.name('a')
      if (segment.kind === 'field') {
        const inner = step(at + 1, next)
        return `const ${next} = ${this.source.property(value, segment.key)}\nif (${next} !== null && typeof ${next} === 'object') {\n${inner}\n}`
      }
      if (segment.kind === 'items') {
        const inner = step(at + 1, next)
        return `if (Array.isArray(${value})) for (const ${next} of ${value}) if (${next} !== null && typeof ${next} === 'object') {\n${inner}\n}`
      }
      const names = new Set(segment.names.flatMap((type) => [...this.types.of(type)]))
      const typename = `${value}.__typename`
      return `if (${typename} === undefined || ${this.source.value(names)}.has(${typename})) {\n${step(at + 1, value)}\n}`
    }
    return `{\n${step(0, 'data')}\n}`
  }
}

/** Puts a value into the answer's text. Hot path: most are short strings and numbers. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value)
}

function compileCollect(group: EntityGroup, types: PossibleTypes) {
  const generation = new Generation(types)
  const { source } = generation
  const representations = generation.representations(group.requires)
  const json = source.value(jsonOf)
  const keyed = representations.map(({ condition, singleKey, object }, index) => {
    // A key of another type, or one that is no single value, is told apart by what stands in front of it.
    const prefix = representations.length > 1 ? `${index}:` : ''
    const key =
      singleKey === undefined
        ? `(x = ${object}(v)) === undefined ? x : ${source.text(`${prefix}{`)} + ${json}(x)`
        : representations.length > 1
          ? `(x = ${singleKey}) == null ? x : ${source.text(prefix)} + x`
          : singleKey
    return `${condition === undefined ? '' : `if (${condition}) `}{ let x; const k = ${key}; return k === null ? undefined : k }`
  })
  source.add(`function keyOf(v) {\n${keyed.join('\n')}\nreturn undefined\n}`)
  const objects = representations.map(({ condition, object }) => {
    return `${condition === undefined ? '' : `if (${condition}) `}return ${object}(v)`
  })
  source.add(`function objectOf(v) {\n${objects.join('\n')}\nreturn {}\n}`)
  const visit = 'const k = keyOf(v); if (k !== undefined) batch.add(v, k)'
  const walks = group.paths.map((path) => generation.walk(path, visit))
  source.add(`function collect(data, batch) {\n${walks.join('\n')}\n}`)
  return source.compile<{
    readonly collect: CompiledGroup['collect']
    readonly objectOf: (target: Value) => Value
  }>('{ collect, objectOf }')
}

/** Assigns the keys that a group's answer has, without a loop over unknown names. */
function compileMerge(keys: readonly string[], mustCopy: boolean) {
  const source = new Source()
  const merge = source.value(merged)
  const copy = source.value(copied)
  const lines = keys.map((key) => {
    const target = source.property('t', key)
    const x = mustCopy ? `${copy}(x)` : 'x'
    return `x = ${source.property('e', key)}\nif (x !== undefined) ${target} = ${target} === undefined ? ${x} : ${merge}(${target}, ${x})`
  })
  source.add(`function mergeEntity(t, e) {\nlet x\n${lines.join('\n')}\n}`)
  return source.compile<(target: Value, entity: Value) => void>('mergeEntity')
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
  const { collect, objectOf: plainObjectOf } = compileCollect(group, types)
  const mergeFirst = compileMerge(keys, false)
  const mergeAgain = mustCopy ? compileMerge(keys, true) : mergeFirst
  const { inputRewrites, outputRewrites } = group
  const objectOf = (target: Value) => {
    const object = plainObjectOf(target)
    applyRewrites(object, inputRewrites, types)
    return object
  }
  return {
    group,
    collect,
    objectOf,
    textOf: (target) => JSON.stringify(objectOf(target)),
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
