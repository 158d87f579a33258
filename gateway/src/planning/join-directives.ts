import { type ConstDirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql'

/** What a planner's user must know of how a supergraph was joined. */
export interface Joins {
  /** Labels of `@override` that are switched by name. */
  readonly overrideLabels: readonly string[]
  /** Labels of `@override` that are switched by a share of requests, `percent(N)`, and their N. */
  readonly overridePercentages: ReadonlyMap<string, number>
  /** Names of fields with an argument that is set by `@fromContext`. */
  readonly contextualFields: ReadonlySet<string>
  readonly inputNames: InputNames
}

/** Names of fields by which an object is found or computed in another subgraph. */
export interface InputNames {
  /** Of `@key` and `@requires`, and those whose values `@fromContext` takes. */
  readonly all: ReadonlySet<string>
  /** Those that some `@requires` gives arguments. */
  readonly called: ReadonlySet<string>
  /** Fields that a subgraph gives objects of which it knows an interface alone. */
  readonly added: ReadonlySet<string>
}

function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : undefined
}

/** What arguments of a field select of the objects that set their contexts. */
function contextSelections(directive: ConstDirectiveNode): string[] {
  const given = directive.arguments?.find(({ name }) => name.value === 'contextArguments')?.value
  const list = given?.kind === Kind.LIST ? given.values : []
  return list.flatMap((one) => {
    const field =
      one.kind === Kind.OBJECT ? one.fields.find(({ name }) => name.value === 'selection') : undefined
    const text = field?.value.kind === Kind.STRING ? field.value.value.trim() : ''
    // A field stands in braces, fragments do not.
    return text === '' ? [] : [text.startsWith('{') ? `... ${text}` : text]
  })
}

class NameReader implements InputNames {
  readonly all = new Set<string>()
  readonly called = new Set<string>()
  readonly added = new Set<string>()
  /** Large graphs repeat few selections. */
  readonly #read = new Set<string>()

  add(selection: string | undefined): void {
    if (selection === undefined || this.#read.has(selection)) return
    this.#read.add(selection)
    visit(parse(`{ ${selection} }`, { noLocation: true }), {
      Field: ({ name, arguments: given = [] }) => {
        this.all.add(name.value)
        if (given.length > 0) this.called.add(name.value)
      },
    })
  }
}

/** Reads the join directives of a supergraph. */
export function readJoins(supergraph: DocumentNode): Joins {
  const overrideLabels = new Set<string>()
  const overridePercentages = new Map<string, number>()
  const contextualFields = new Set<string>()
  const inputNames = new NameReader()
  const readField = (name: string, directive: ConstDirectiveNode) => {
    if (!directive.arguments?.some((argument) => argument.name.value === 'graph')) inputNames.added.add(name)
    inputNames.add(textOf(directive, 'requires'))
    const contexts = contextSelections(directive)
    for (const selection of contexts) inputNames.add(selection)
    if (contexts.length > 0) contextualFields.add(name)
    const label = textOf(directive, 'overrideLabel')
    if (label === undefined) return
    const share = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1]
    if (share === undefined) overrideLabels.add(label)
    else overridePercentages.set(label, Number(share))
  }
  for (const definition of supergraph.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue
    }
    for (const directive of definition.directives ?? []) {
      if (directive.name.value === 'join__type') inputNames.add(textOf(directive, 'key'))
    }
    for (const field of definition.fields ?? []) {
      for (const directive of field.directives ?? []) {
        if (directive.name.value === 'join__field') readField(field.name.value, directive)
      }
    }
  }
  return { overrideLabels: [...overrideLabels], overridePercentages, contextualFields, inputNames }
}
