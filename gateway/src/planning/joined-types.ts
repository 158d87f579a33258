import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  OperationTypeNode,
  type TypeNode,
  type UnionTypeDefinitionNode,
} from 'graphql'

/** Names of the root types, as every supergraph has them. */
export const rootTypes: Readonly<Record<OperationTypeNode, string>> = {
  [OperationTypeNode.QUERY]: 'Query',
  [OperationTypeNode.MUTATION]: 'Mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'Subscription',
}

/** Which objects a subgraph can answer with, by what a supergraph says of how it was joined. */
export interface JoinedTypes {
  /** Names of the object types that clients see and that a type can be. An interface without any stands for itself. */
  objectsOf(type: string): readonly string[]
  /** Names of all object types that a type can be, also of those that clients do not see. */
  everyObjectOf(type: string): readonly string[]
  /** Whether some subgraph calls objects by this name though it is an interface's. */
  isSaidByName(type: string): boolean
  /** The same, of those that a subgraph can answer with; undefined = it is not known. */
  objectsIn(subgraph: string, type: string): ReadonlySet<string> | undefined
  /**
   * Object types that a field can answer with when these subgraphs are asked for it. What several subgraphs share is one
   * and the same, so only what all of them know is ever answered, also by one of them alone.
   */
  objectsBelow(object: string, field: string, subgraphs: Iterable<string>): readonly string[]
  /** Object types that a subgraph's own schema lets a field answer with; undefined = it is not known. */
  objectsFrom(subgraph: string, object: string, field: string): ReadonlySet<string> | undefined
  /** Whether a subgraph answers a field with an interface's name in the place of the object's. */
  isAnsweredByName(subgraph: string, object: string, field: string): boolean
}

interface JoinedField {
  /** Without lists and non-null. */
  readonly type: string
  /** Its type in graphs that have another one. */
  readonly typesByGraph: ReadonlyMap<string, string>
  /** Graphs that have it; undefined = all that have the object. */
  readonly graphs: ReadonlySet<string> | undefined
}

interface JoinedType {
  readonly isObject: boolean
  readonly isHidden: boolean
  /** Graphs that have the type. */
  readonly graphs: ReadonlySet<string>
  /** Graphs that know the objects of an interface by the interface's name alone. */
  readonly objectGraphs: ReadonlySet<string>
  /** Interfaces of an object type, or members of a union, by graph. */
  readonly related: ReadonlyMap<string, ReadonlySet<string>>
  readonly interfaces: readonly string[]
  readonly members: readonly string[]
  readonly fields: ReadonlyMap<string, JoinedField>
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((it) => it.name.value === name)?.value
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined
}

function isTrue(directive: ConstDirectiveNode, name: string): boolean {
  const value = directive.arguments?.find((it) => it.name.value === name)?.value
  return value?.kind === Kind.BOOLEAN && value.value
}

/** The type's name, without lists and non-null. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}

function named(directives: readonly ConstDirectiveNode[] | undefined, name: string) {
  return (directives ?? []).filter((directive) => directive.name.value === name)
}

function readField(field: FieldDefinitionNode): JoinedField {
  const typesByGraph = new Map<string, string>()
  const joins = named(field.directives, 'join__field')
  for (const directive of joins) {
    const graph = argument(directive, 'graph')
    const type = argument(directive, 'type')?.replace(/[[\]!]/g, '')
    if (graph && type) typesByGraph.set(graph, type)
  }
  return {
    type: namedType(field.type),
    typesByGraph,
    graphs: joins.length > 0 ? graphsOf(joins) : undefined,
  }
}

function graphsOf(directives: readonly ConstDirectiveNode[]): ReadonlySet<string> {
  return new Set(directives.flatMap((directive) => argument(directive, 'graph') ?? []))
}

type CompositeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | UnionTypeDefinitionNode

function isComposite(node: DefinitionNode): node is CompositeNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.UNION_TYPE_DEFINITION
  )
}

function readType(node: CompositeNode): JoinedType {
  const isUnion = node.kind === Kind.UNION_TYPE_DEFINITION
  const joins = named(node.directives, 'join__type')
  const related = new Map<string, Set<string>>()
  for (const directive of named(node.directives, isUnion ? 'join__unionMember' : 'join__implements')) {
    const graph = argument(directive, 'graph') ?? ''
    const other = argument(directive, isUnion ? 'member' : 'interface') ?? ''
    related.set(graph, (related.get(graph) ?? new Set()).add(other))
  }
  const fields = isUnion ? [] : (node.fields ?? [])
  return {
    isObject: node.kind === Kind.OBJECT_TYPE_DEFINITION,
    isHidden: named(node.directives, 'inaccessible').length > 0,
    graphs: graphsOf(joins),
    objectGraphs: graphsOf(joins.filter((directive) => isTrue(directive, 'isInterfaceObject'))),
    related,
    interfaces: isUnion ? [] : (node.interfaces ?? []).map(({ name }) => name.value),
    members: isUnion ? (node.types ?? []).map(({ name }) => name.value) : [],
    fields: new Map(fields.map((field) => [field.name.value, readField(field)])),
  }
}

/** Graphs by the names of their subgraphs. */
export function readGraphs(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = new Map<string, string>()
  for (const node of document.definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue
    for (const value of node.values ?? []) {
      const [directive] = named(value.directives, 'join__graph')
      const name = directive && argument(directive, 'name')
      if (name !== undefined) graphs.set(name, value.name.value)
    }
  }
  return graphs
}

class Joined implements JoinedTypes {
  readonly #types: ReadonlyMap<string, JoinedType>
  readonly #graphs: ReadonlyMap<string, string>
  readonly #implementers = new Map<string, string[]>()
  readonly #objects = new Map<string, readonly string[]>()
  readonly #objectsIn = new Map<string, ReadonlySet<string> | undefined>()

  constructor(document: DocumentNode) {
    const types = new Map<string, JoinedType>()
    for (const node of document.definitions) {
      if (isComposite(node)) types.set(node.name.value, readType(node))
    }
    this.#types = types
    this.#graphs = readGraphs(document)
    for (const [name, { isObject, interfaces }] of this.#types) {
      if (!isObject) continue
      for (const one of interfaces) {
        this.#implementers.set(one, [...(this.#implementers.get(one) ?? []), name])
      }
    }
  }

  everyObjectOf(name: string): readonly string[] {
    const type = this.#types.get(name)
    if (!type) return []
    if (type.isObject) return [name]
    return type.members.length > 0 ? type.members : (this.#implementers.get(name) ?? [])
  }

  isSaidByName(name: string): boolean {
    return (this.#types.get(name)?.objectGraphs.size ?? 0) > 0
  }

  objectsOf(name: string): readonly string[] {
    const known = this.#objects.get(name)
    if (known) return known
    const all = this.everyObjectOf(name)
    const objects = all.length === 0 ? [name] : all.filter((it) => !this.#types.get(it)?.isHidden)
    this.#objects.set(name, objects)
    return objects
  }

  objectsIn(subgraph: string, name: string): ReadonlySet<string> | undefined {
    const graph = this.#graphs.get(subgraph)
    return graph === undefined ? undefined : this.#objectsInGraph(graph, name)
  }

  #objectsInGraph(graph: string, name: string): ReadonlySet<string> | undefined {
    const key = `${graph} ${name}`
    if (!this.#objectsIn.has(key)) this.#objectsIn.set(key, this.#findIn(graph, name))
    return this.#objectsIn.get(key)
  }

  #findIn(graph: string, name: string): ReadonlySet<string> | undefined {
    const type = this.#types.get(name)
    if (!type) return undefined
    const all = this.everyObjectOf(name)
    // By the interface's name it may be any of them. What the supergraph has no objects of stands for itself.
    if (all.length === 0 || type.objectGraphs.has(graph)) return new Set([name, ...all])
    if (type.isObject) return new Set([name])
    const isUnion = type.members.length > 0
    // Older supergraphs do not say which subgraph has which member.
    if (isUnion && type.related.size === 0) return undefined
    const isThere = (object: string) => this.#types.get(object)?.related.get(graph)?.has(name) === true
    return isUnion ? (type.related.get(graph) ?? new Set()) : new Set(all.filter(isThere))
  }

  objectsBelow(object: string, field: string, subgraphs: Iterable<string>): readonly string[] {
    const owner = this.#types.get(object)
    const found = owner?.fields.get(field)
    if (!owner || !found) return []
    const asked = [...subgraphs].flatMap((subgraph) => this.#graphs.get(subgraph) ?? [])
    const graphs = [...new Set([...asked, ...(found.graphs ?? owner.graphs)])]
    return this.objectsOf(found.type).filter((name) =>
      graphs.every((graph) => {
        const type = found.typesByGraph.get(graph) ?? found.type
        return this.#objectsInGraph(graph, type)?.has(name) ?? true
      }),
    )
  }

  isAnsweredByName(subgraph: string, object: string, field: string): boolean {
    const graph = this.#graphs.get(subgraph)
    const found = this.#types.get(object)?.fields.get(field)
    if (!found || graph === undefined) return false
    const type = found.typesByGraph.get(graph) ?? found.type
    return this.#types.get(type)?.objectGraphs.has(graph) === true
  }

  objectsFrom(subgraph: string, object: string, field: string): ReadonlySet<string> | undefined {
    const graph = this.#graphs.get(subgraph)
    const found = this.#types.get(object)?.fields.get(field)
    if (!found || graph === undefined) return undefined
    return this.#objectsInGraph(graph, found.typesByGraph.get(graph) ?? found.type)
  }
}

/** Reads a supergraph. */
export function readJoinedTypes(document: DocumentNode): JoinedTypes {
  return new Joined(document)
}
