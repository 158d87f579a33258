import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { type JoinedTypes, namedType, readGraphs } from './joined-types.ts'

/** A field as one subgraph has it. */
export interface SubgraphField {
  /** Without lists and non-null. */
  readonly type: string
  /** Whether the subgraph only knows its name, unless a path provides it. */
  readonly isExternal: boolean
  /** What the subgraph must be sent of the object. */
  readonly requires: SelectionSetNode | undefined
  /** External fields that the subgraph can answer below this one. */
  readonly provides: SelectionSetNode | undefined
}

/** What each subgraph of a supergraph can be asked for, by its join directives. */
export interface SubgraphFacts {
  readonly types: JoinedTypes
  /** Whether fields of the type need selections. */
  isComposite(type: string): boolean
  /** Undefined = the supergraph does not say that the subgraph has it. */
  field(subgraph: string, type: string, name: string): SubgraphField | undefined
  /** Ways to tell the subgraph which object is meant. */
  keys(subgraph: string, type: string): readonly SelectionSetNode[]
}

function argument(directive: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = directive.arguments?.find((it) => it.name.value === name)?.value
  if (value?.kind === Kind.STRING || value?.kind === Kind.ENUM || value?.kind === Kind.BOOLEAN)
    return value.value
  return undefined
}

function text(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(directive, name)
  return typeof value === 'string' ? value : undefined
}

const composites: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
])

class Facts implements SubgraphFacts {
  readonly types: JoinedTypes
  readonly #graphs: ReadonlyMap<string, string>
  readonly #composites = new Set<string>()
  readonly #nodes = new Map<string, Pick<ObjectTypeDefinitionNode, 'directives' | 'fields'>>()
  /** Read when they are first asked for: a plan touches few of a large graph's types. */
  readonly #fields = new Map<string, SubgraphField | undefined>()
  readonly #keys = new Map<string, readonly SelectionSetNode[]>()

  constructor(document: DocumentNode, types: JoinedTypes) {
    this.types = types
    this.#graphs = readGraphs(document)
    for (const node of document.definitions) {
      if (!('name' in node) || !node.name || !composites.has(node.kind)) continue
      this.#composites.add(node.name.value)
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION) {
        this.#nodes.set(node.name.value, node)
      }
    }
  }

  isComposite(type: string): boolean {
    return this.#composites.has(type)
  }

  field(subgraph: string, type: string, name: string): SubgraphField | undefined {
    const key = `${subgraph} ${type}.${name}`
    if (!this.#fields.has(key)) {
      const node = this.#nodes.get(type)?.fields?.find((field) => field.name.value === name)
      this.#fields.set(key, node && this.#read(subgraph, type, node))
    }
    return this.#fields.get(key)
  }

  #read(subgraph: string, type: string, node: FieldDefinitionNode): SubgraphField | undefined {
    const graph = this.#graphs.get(subgraph)
    const joins = (node.directives ?? []).filter((it) => it.name.value === 'join__field')
    const join = joins.find((it) => argument(it, 'graph') === graph)
    if (!join && (joins.length > 0 || !this.#joinsOf(subgraph, type).length)) return undefined
    const selection = (name: string) => {
      const written = join && text(join, name)
      return written === undefined ? undefined : selectionSetOf(written)
    }
    return {
      type: (join && text(join, 'type'))?.replace(/[[\]!]/g, '') ?? namedType(node.type),
      isExternal: join !== undefined && argument(join, 'external') === true,
      requires: selection('requires'),
      provides: selection('provides'),
    }
  }

  keys(subgraph: string, type: string): readonly SelectionSetNode[] {
    const id = `${subgraph} ${type}`
    const known = this.#keys.get(id)
    if (known) return known
    const keys = this.#joinsOf(subgraph, type).flatMap((join) => {
      const key = text(join, 'key')
      return key === undefined || argument(join, 'resolvable') === false ? [] : [selectionSetOf(key)]
    })
    this.#keys.set(id, keys)
    return keys
  }

  #joinsOf(subgraph: string, type: string): ConstDirectiveNode[] {
    const graph = this.#graphs.get(subgraph)
    const directives = this.#nodes.get(type)?.directives ?? []
    return directives.filter((it) => it.name.value === 'join__type' && argument(it, 'graph') === graph)
  }
}

function selectionSetOf(written: string): SelectionSetNode {
  const [definition] = parse(`{ ${written} }`, { noLocation: true }).definitions
  if (definition?.kind === Kind.OPERATION_DEFINITION) return definition.selectionSet
  throw new Error(`"${written}" is no selection.`)
}

/** Reads a supergraph. */
export function readSubgraphFacts(document: DocumentNode, types: JoinedTypes): SubgraphFacts {
  return new Facts(document, types)
}
