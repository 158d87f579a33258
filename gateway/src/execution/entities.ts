import type { EntityGroup, Path, PathSegment, RequiredSelection } from '../planning/plan.ts'
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
  /** The representations of a batch as JSON, with commas between them. */
  textOf(batch: Batch): string
  /** A representation as an object. */
  objectOf(target: Value): Value
  /** Merges the answer's entities into the targets. */
  merge(entities: readonly unknown[], batch: Batch): void
}

/** How objects of one type are represented, as code over the object `v`. */
interface Representation {
  /** Whether it is of this type; undefined = always. */
  readonly condition: string | undefined
  /** Function that makes the representation, or nothing where the data lack a part of it. */
  readonly object: string
  /** Function that makes its JSON, likewise. */
  readonly text: string
  /** The one thing in which objects of this type differ, where there is just one. */
  readonly singleKey: string | undefined
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
    this.source.add(
      `function ${name}(v) {\nconst r = {}\n${steps}\nreturn r.__typename === undefined ? undefined : r\n}`,
    )
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
      // Two fragments may each want a part of one object.
      const value = selection.selections ? `${this.source.value(merged)}(${key}, ${x})` : x
      lines.push(
        `const ${x} = ${this.field(v, selection)}\nif (${x} !== undefined) ${key} = ${value}${otherwise && `\nelse ${otherwise}`}`,
      )
    }
    return lines.join('\n')
  }

  /** Whether no object is of two of the fragments' types. */
  private areApart(requires: readonly RequiredSelection[]): boolean {
    const seen = new Set<string>()
    return requires.every((selection) => {
      if (selection.kind === 'field' || selection.type === undefined) return requires.length === 1
      const names = [...this.types.of(selection.type)]
      const isApart = names.every((name) => !seen.has(name))
      for (const name of names) seen.add(name)
      return isApart
    })
  }

  /** How objects are represented: one way for each type, or one for all where several fragments may want a part. */
  representations(requires: readonly RequiredSelection[]): Representation[] {
    if (!this.areApart(requires)) {
      const object = this.whole(requires)
      return [{ condition: undefined, object, text: this.textOfObject(object), singleKey: undefined }]
    }
    return requires.map((selection) => {
      const type = selection.kind === 'fragment' ? selection.type : undefined
      const selections = selection.kind === 'fragment' ? selection.selections : requires
      const fields = selections.filter((node) => node.kind === 'field')
      const isFlat = fields.length === selections.length && fields.every((node) => !node.selections)
      const [only, second] = fields.filter(({ name }) => name !== '__typename')
      const object = this.whole(selections)
      return {
        condition: this.condition('v', type),
        object,
        text: isFlat ? this.flatText(fields) : this.textOfObject(object),
        singleKey: isFlat && only && !second ? this.field('v', only) : undefined,
      }
    })
  }

  private textOfObject(object: string): string {
    const name = this.source.name('text')
    this.source.add(
      `function ${name}(v) {\nconst r = ${object}(v)\nreturn r === undefined ? r : JSON.stringify(r)\n}`,
    )
    return name
  }

  /** JSON of an object of leaves, without making the object. */
  private flatText(fields: readonly (RequiredSelection & { kind: 'field' })[]): string {
    const name = this.source.name('text')
    const json = this.source.value(leafText)
    const steps: string[] = []
    const parts = fields.map((field, index) => {
      const x = this.source.name('x')
      steps.push(`const ${x} = ${this.field('v', field)}\nif (${x} === undefined) return undefined`)
      return `${this.source.text(`${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`)} + ${json}(${x})`
    })
    this.source.add(`function ${name}(v) {\n${steps.join('\n')}\nreturn ${parts.join(' + ')} + '}'\n}`)
    return name
  }

  /**
   * Visits the objects at a path: a statement over `data` and `into`; `visit` is code for the object `v` at its end. Lists
   * are gone through wherever they stand and however deep: planners do not agree on how they write lists of lists.
   */
  walk(path: Path, visit: string): string {
    const [segment, ...rest] = path
    if (segment?.kind === 'items') return this.walk(rest, visit)
    const name = this.source.name('walk')
    const step = segment ? this.stepInto(segment, rest, visit) : visit
    this.source.add(
      `function ${name}(v, into) {\nif (v === null || typeof v !== 'object') return\nif (Array.isArray(v)) { for (let i = 0; i < v.length; i++) ${name}(v[i], into) }\nelse {\n${step}\n}\n}`,
    )
    return `${name}(data, into)`
  }

  private stepInto(segment: PathSegment, rest: Path, visit: string): string {
    const next = this.walk(rest, visit)
    if (segment.kind === 'field') return next.replace('data', this.source.property('v', segment.key))
    const names = new Set(
      (segment.kind === 'types' ? segment.names : []).flatMap((type) => [...this.types.of(type)]),
    )
    const condition = `v.__typename === undefined || ${this.source.value(names)}.has(v.__typename)`
    return `if (${condition}) ${next.replace('data', 'v')}`
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/

/** A leaf as JSON. Hot path: most are short strings and whole numbers. */
function leafText(value: unknown): string {
  if (typeof value === 'string') return escaped.test(value) ? JSON.stringify(value) : `"${value}"`
  if (typeof value === 'number' && (value | 0) === value) return `${value}`
  return JSON.stringify(value)
}

/** Compiles the search for the objects at a path. */
export function compileTargets(path: Path, types: PossibleTypes): (data: Value) => Value[] {
  const generation = new Generation(types)
  const { source } = generation
  source.add(
    `function find(data) {\nconst into = []\n${generation.walk(path, 'into.push(v)')}\nreturn into\n}`,
  )
  return source.compile('find')
}

interface Collector {
  readonly collect: CompiledGroup['collect']
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
  const generation = new Generation(types)
  const { source } = generation
  const representations = generation.representations(group.requires)
  source.add(`function keyOf(v) {\n${keyCode(representations, source).join('\n')}\nreturn undefined\n}`)
  for (const form of ['object', 'text'] as const) {
    const cases = representations.map(
      ({ condition, [form]: make }) =>
        `${condition === undefined ? '' : `if (${condition}) `}return ${make}(v)`,
    )
    source.add(`function ${form}Of(v) {\n${cases.join('\n')}\n}`)
  }
  const visit = 'const k = keyOf(v); if (k !== undefined) into.add(v, k)'
  const walks = group.paths.map((path) => generation.walk(path, visit))
  source.add(`function collect(data, into) {\n${walks.join('\n')}\n}`)
  const isKeyedByText = representations.every(({ singleKey }) => singleKey === undefined)
  const compiled = source.compile<Omit<Collector, 'isKeyedByText'>>('{ collect, objectOf, textOf }')
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
    collect: collector.collect,
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
