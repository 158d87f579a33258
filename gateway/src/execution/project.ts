import {
  type GraphQLEnumType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { FieldShape, SelectionShape } from './shape.ts'
import { Source } from './source.ts'

/** What a projection answers where the data are not as the schema promises: `complete` has to look at them. */
export const irregular = Symbol('irregular')

/** Makes the answer's object of what subgraphs gave. Shares leaves and lists of leaves with its input. */
export type Project = (data: unknown) => unknown

/** Code that is true when the leaf in `x`, not null, is none that the type has. */
function isBadLeaf(type: GraphQLScalarType | GraphQLEnumType, x: string, source: Source): string {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map((value) => value.name))
    return `!${source.value(names)}.has(${x})`
  }
  switch (type.name) {
    case 'ID':
    case 'String':
      return `typeof ${x} !== 'string'`
    case 'Int':
      return `(${x} | 0) !== ${x}`
    case 'Float':
      return `typeof ${x} !== 'number'`
    case 'Boolean':
      return `typeof ${x} !== 'boolean'`
    default:
      return 'false'
  }
}

/** Generates the projection of one kind of object and of all objects below it whose type is sure. */
class Generation {
  private readonly source = new Source()
  private readonly bad = this.source.value(irregular)
  private readonly isStrict: boolean

  constructor(isStrict: boolean) {
    this.isStrict = isStrict
  }

  project(type: GraphQLObjectType, selection: SelectionShape): Project {
    return this.source.compile<Project>(this.object(type, selection))
  }

  /** A function of an object that is not null. */
  private object(type: GraphQLObjectType, selection: SelectionShape): string {
    const name = this.source.name('object')
    const entries: string[] = []
    const steps: string[] = []
    for (const field of selection.fieldsOf(type)) {
      entries.push(`${this.source.text(field.key)}: ${this.field(field, type, steps)}`)
    }
    this.source.add(
      `function ${name}(v) {\nif (typeof v !== 'object') return ${this.bad}\n${steps.join('\n')}\nreturn {${entries.join(', ')}}\n}`,
    )
    return name
  }

  private field(field: FieldShape, type: GraphQLObjectType, steps: string[]): string {
    if (field.from === 'typename') return this.source.text(type.name)
    if (field.refused) {
      steps.push(`return ${this.bad}`)
      return 'null'
    }
    const x = this.source.name('x')
    steps.push(`let ${x} = ${this.source.property('v', field.dataKey)}`)
    if (field.from === 'data') steps.push(this.value(field.type, x, field.selection))
    return x
  }

  /** Statements that make the value in `x` that of the answer, or leave the function. */
  private value(type: GraphQLOutputType, x: string, selection: SelectionShape | undefined): string {
    if (isNonNullType(type)) {
      return `if (${x} == null) return ${this.bad}\n${this.present(type.ofType, x, selection)}`
    }
    const absent = this.isStrict ? `if (${x} === undefined) return ${this.bad}\n` : ''
    return `${absent}if (${x} == null) ${x} = null\nelse {\n${this.present(type, x, selection)}\n}`
  }

  private present(type: GraphQLOutputType, x: string, selection: SelectionShape | undefined): string {
    if (isListType(type))
      return `if ((${x} = ${this.list(type.ofType, selection)}(${x})) === ${this.bad}) return ${this.bad}`
    if (!selection) {
      const isBad = isBadLeaf(type as GraphQLScalarType, x, this.source)
      return isBad === 'false' ? '' : `if (${isBad}) return ${this.bad}`
    }
    return `if ((${x} = ${this.composite(selection)}(${x})) === ${this.bad}) return ${this.bad}`
  }

  /** A function of a list that is not null. Leaves are checked, and the list is handed on as it is. */
  private list(item: GraphQLOutputType, selection: SelectionShape | undefined): string {
    const name = this.source.name('list')
    const isCopied = selection !== undefined
    const check = this.value(item, 'x', selection)
    this.source.add(
      `function ${name}(v) {\nif (!Array.isArray(v)) return ${this.bad}\nconst n = v.length\n${isCopied ? 'const r = new Array(n)' : ''}\nfor (let i = 0; i < n; i++) {\nlet x = v[i]\n${check}\n${isCopied ? 'r[i] = x' : ''}\n}\nreturn ${isCopied ? 'r' : 'v'}\n}`,
    )
    return name
  }

  private composite(selection: SelectionShape): string {
    if (isObjectType(selection.type)) return this.object(selection.type, selection)
    return this.source.value(projectAbstract(selection, this.isStrict))
  }
}

/** Objects of several types: what is done for each is generated when the first of it comes. */
function projectAbstract(selection: SelectionShape, isStrict: boolean): Project {
  const known = new Map<unknown, Project>()
  return (data) => {
    if (typeof data !== 'object') return irregular
    const name = (data as { readonly __typename?: unknown }).__typename
    let project = known.get(name)
    if (!project) {
      const type = selection.typeOf(name)
      if (!type) return irregular
      project = new Generation(isStrict).project(type, selection)
      known.set(name, project)
    }
    return project(data)
  }
}

/**
 * Compiles the projection of a root object.
 *
 * @param isStrict whether a key that is absent is irregular; else it is null, as after a fetch that failed
 */
export function compileProjection(
  root: GraphQLObjectType,
  selection: SelectionShape,
  isStrict: boolean,
): Project {
  return new Generation(isStrict).project(root, selection)
}
