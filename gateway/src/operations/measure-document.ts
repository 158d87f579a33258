import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql'

/** What a document unfolds to when every fragment is put in place. */
export interface DocumentSize {
  readonly depth: number
  readonly fields: number
  readonly rootFields: number
  readonly aliases: number
  readonly directives: number
}

interface Size {
  depth: number
  fields: number
  /** Fields of the set itself, those of its fragments among them. */
  own: number
  aliases: number
  directives: number
}

const nothing: Readonly<Size> = { depth: 0, fields: 0, own: 0, aliases: 0, directives: 0 }

/** Measures one document; each fragment once, so that the work grows with the text and not with what it unfolds to. */
class Measure {
  private readonly fragments = new Map<string, SelectionSetNode>()
  private readonly sizes = new Map<string, Readonly<Size>>()

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition.selectionSet)
      }
    }
  }

  set(set: SelectionSetNode, seen = new Set<string>()): Size {
    const size = { ...nothing }
    for (const selection of set.selections) {
      size.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        this.addField(size, selection, seen)
        continue
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD
      const inner = isSpread ? this.fragment(selection.name.value) : this.set(selection.selectionSet, seen)
      // The same fragment twice in one set repeats all its fields.
      if (isSpread) size.aliases += repeated(seen, `...${selection.name.value}`) ? inner.own : 0
      add(size, inner)
      size.own += inner.own
      size.depth = Math.max(size.depth, inner.depth)
    }
    return size
  }

  private addField(size: Size, field: FieldNode, seen: Set<string>): void {
    size.fields += 1
    size.own += 1
    if (field.alias || repeated(seen, field.name.value)) size.aliases += 1
    const inner = field.selectionSet ? this.set(field.selectionSet) : nothing
    add(size, inner)
    size.depth = Math.max(size.depth, inner.depth + 1)
  }

  private fragment(name: string): Readonly<Size> {
    const known = this.sizes.get(name)
    if (known) return known
    // A fragment within itself is measured as nothing; validation refuses it.
    this.sizes.set(name, nothing)
    const set = this.fragments.get(name)
    const size = set ? this.set(set) : nothing
    this.sizes.set(name, size)
    return size
  }
}

function repeated(seen: Set<string>, name: string): boolean {
  if (seen.has(name)) return true
  seen.add(name)
  return false
}

function add(size: Size, inner: Readonly<Size>): void {
  size.fields += inner.fields
  size.aliases += inner.aliases
  size.directives += inner.directives
}

/** The sizes of a document: of its largest operation, with directives on definitions counted too. */
export function measureDocument(document: DocumentNode): DocumentSize {
  const measure = new Measure(document)
  const result = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue
    const size = measure.set(definition.selectionSet)
    const variables =
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : []
    const onVariables = variables.reduce((sum, variable) => sum + (variable.directives?.length ?? 0), 0)
    result.depth = Math.max(result.depth, size.depth)
    result.fields = Math.max(result.fields, size.fields)
    result.aliases = Math.max(result.aliases, size.aliases)
    result.directives = Math.max(
      result.directives,
      size.directives + onVariables + (definition.directives?.length ?? 0),
    )
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      result.rootFields = Math.max(result.rootFields, size.own)
    }
  }
  return result
}
