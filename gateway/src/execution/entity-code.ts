import type { Path, PathSegment, RequiredSelection } from '../planning/plan.ts'
import { merged } from './merge.ts'
import type { PossibleTypes } from './possible-types.ts'
import { Source } from './source.ts'

/** How objects of one type are represented, as code over the object `v`. */
export interface Representation {
  /** Whether it is of this type; undefined = always. */
  readonly condition: string | undefined
  /** Function that makes the representation, or nothing where the data lack a part of it. */
  readonly object: string
  /** Function that makes its JSON, likewise. */
  readonly text: string
  /** The one thing in which objects of this type differ, where there is just one. */
  readonly singleKey: string | undefined
}

/** Writes the code that finds a group's objects and represents them. */
export class EntityCode {
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

  /**
   * A function that picks selections of an object, of every object in a list, or hands null on; it answers nothing where
   * the data lack a part: what is required counts whole or not at all.
   */
  private nested(selections: readonly RequiredSelection[]): string {
    const name = this.source.name('pick')
    const steps = this.assignments('v', selections)
    const all = `const all = v.map(${name})\nreturn all.includes(undefined) ? undefined : all`
    this.source.add(
      `function ${name}(v) {\nif (v === null || v === undefined) return v\nif (Array.isArray(v)) {\n${all}\n}\nconst r = {}\n${steps}\nreturn r\n}`,
    )
    return name
  }

  /** A function that picks a whole representation; it answers nothing where the data lack a part of it. */
  private whole(selections: readonly RequiredSelection[]): string {
    const name = this.source.name('pick')
    const steps = this.assignments('v', selections)
    this.source.add(
      `function ${name}(v) {\nconst r = {}\n${steps}\nreturn r.__typename === undefined ? undefined : r\n}`,
    )
    return name
  }

  private assignments(v: string, selections: readonly RequiredSelection[]): string {
    const lines: string[] = []
    for (const selection of selections) {
      if (selection.kind === 'fragment') {
        const condition = this.condition(v, selection.type)
        const inner = this.assignments(v, selection.selections)
        lines.push(condition === undefined ? inner : `if (${condition}) {\n${inner}\n}`)
        continue
      }
      const x = this.source.name('x')
      const key = this.source.property('r', selection.name)
      // Two fragments may each want a part of one object.
      const value = selection.selections ? `${this.source.value(merged)}(${key}, ${x})` : x
      lines.push(
        `const ${x} = ${this.field(v, selection)}\nif (${x} === undefined) return undefined\n${key} = ${value}`,
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
