import { type ConstDirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql'

/** What a planner's user must know of how a supergraph was joined. */
export interface Joins {
  /** Labels of `@override` that are switched by name. */
  readonly overrideLabels: readonly string[]
  /** Labels of `@override` that are switched by a share of requests, `percent(N)`, and their N. */
  readonly overridePercentages: ReadonlyMap<string, number>
  /** Names of fields with an argument that is set by `@fromContext`. */
  readonly contextualFields: ReadonlySet<string>
  /** Names of fields by which an object is found or computed in another subgraph: of `@key` and `@requires`. */
  readonly inputNames: ReadonlySet<string>
}

function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : undefined
}

/** @param read the selections that were read before: large graphs repeat few */
function addFieldNames(selection: string | undefined, names: Set<string>, read: Set<string>): void {
  if (selection === undefined || read.has(selection)) return
  read.add(selection)
  visit(parse(`{ ${selection} }`, { noLocation: true }), {
    Field: (field) => {
      names.add(field.name.value)
    },
  })
}

/** Reads the join directives of a supergraph. */
export function readJoins(supergraph: DocumentNode): Joins {
  const overrideLabels = new Set<string>()
  const overridePercentages = new Map<string, number>()
  const contextualFields = new Set<string>()
  const inputNames = new Set<string>()
  const read = new Set<string>()
  const readField = (name: string, directive: ConstDirectiveNode) => {
    addFieldNames(textOf(directive, 'requires'), inputNames, read)
    const isContextual = directive.arguments?.some((argument) => argument.name.value === 'contextArguments')
    if (isContextual) contextualFields.add(name)
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
      if (directive.name.value === 'join__type') addFieldNames(textOf(directive, 'key'), inputNames, read)
    }
    for (const field of definition.fields ?? []) {
      for (const directive of field.directives ?? []) {
        if (directive.name.value === 'join__field') readField(field.name.value, directive)
      }
    }
  }
  return { overrideLabels: [...overrideLabels], overridePercentages, contextualFields, inputNames }
}
