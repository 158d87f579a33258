import { type DocumentNode, type EnumTypeDefinitionNode, Kind, type TypeDefinitionNode } from 'graphql'
import type { LinkNames } from '../contracts/link-names.ts'
import { argumentOf, directivesOf, isFalse, isTrue, type Marked, textOf } from './directive-arguments.ts'

/** A subgraph as the supergraph names it. */
export interface JoinedSubgraph {
  /** In join directives: `EVENTS`. */
  readonly graph: string
  readonly name: string
  readonly url: string
}

/** One subgraph's part in a type. */
interface TypeJoin {
  readonly subgraph: string
  readonly key: string | undefined
  readonly isResolvable: boolean
  readonly isInterfaceObject: boolean
}

/** Reads the join directives of a supergraph: who defines and answers what. https://specs.apollo.dev/join/v0.5 */
export interface Joins {
  readonly subgraphs: readonly JoinedSubgraph[]
  /** Each subgraph and key of a type. */
  typeJoins(type: Marked): readonly TypeJoin[]
  /**
   * Subgraphs that answer a field of the type: those that it names, else all of the type. One that merely refers to it
   * (`@external`), or gave it away (`@override`), does not.
   */
  fieldOwners(
    type: TypeDefinitionNode,
    field: Marked & { readonly name: { readonly value: string } },
  ): string[]
}

/** The joins of a supergraph. */
export function readJoins(document: DocumentNode, links: LinkNames): Joins {
  const join = links.directive('https://specs.apollo.dev/join') ?? 'join'
  const subgraphs = subgraphsIn(document, join)
  const names = new Map(subgraphs.map(({ graph, name }) => [graph, name]))
  const nameOf = (graph: string | undefined) =>
    graph === undefined ? undefined : (names.get(graph) ?? graph)

  const typeJoins = (type: Marked): TypeJoin[] =>
    directivesOf(type, `${join}__type`).flatMap((directive) => {
      const subgraph = nameOf(textOf(argumentOf(directive, 'graph')))
      if (subgraph === undefined) return []
      return {
        ...{ subgraph, key: textOf(argumentOf(directive, 'key')) },
        isResolvable: !isFalse(argumentOf(directive, 'resolvable')),
        isInterfaceObject: isTrue(argumentOf(directive, 'isInterfaceObject')),
      }
    })

  /** Subgraphs that answer a field of whatever implements the interface, without knowing what does. */
  const interfaces = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.INTERFACE_TYPE_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
  const interfaceObjectOwners = (type: TypeDefinitionNode, field: string): string[] =>
    interfacesOf(type).flatMap((name) => {
      const parent = interfaces.get(name)
      const node = parent?.fields?.find((one) => one.name.value === field)
      if (!parent || !node) return []
      const objects = new Set(typeJoins(parent).flatMap((one) => (one.isInterfaceObject ? one.subgraph : [])))
      return fieldOwners(parent, node).filter((owner) => objects.has(owner))
    })

  const fieldOwners: Joins['fieldOwners'] = (type, field) => {
    const fieldJoins = directivesOf(field, `${join}__field`)
    if (fieldJoins.length === 0) return unique(typeJoins(type).map(({ subgraph }) => subgraph))
    const named = fieldJoins.flatMap((directive) => {
      const isAnswered =
        !isTrue(argumentOf(directive, 'external')) && !isTrue(argumentOf(directive, 'usedOverridden'))
      return isAnswered ? (nameOf(textOf(argumentOf(directive, 'graph'))) ?? []) : []
    })
    // A join that names nobody stands on what an interface object brought.
    const isBrought = fieldJoins.some((directive) => argumentOf(directive, 'graph') === undefined)
    return unique(isBrought ? [...named, ...interfaceObjectOwners(type, field.name.value)] : named)
  }
  return { subgraphs, typeJoins, fieldOwners }
}

/** The names of the interfaces that a type says it implements. */
export function interfacesOf(type: TypeDefinitionNode): string[] {
  const isImplementing =
    type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION
  return isImplementing ? (type.interfaces ?? []).map(({ name }) => name.value) : []
}

function subgraphsIn({ definitions }: DocumentNode, join: string): JoinedSubgraph[] {
  const graphs = definitions.find(
    (one): one is EnumTypeDefinitionNode =>
      one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === `${join}__Graph`,
  )
  return (graphs?.values ?? []).map((value) => {
    const [directive] = directivesOf(value, `${join}__graph`)
    const of = (name: string) => (directive ? textOf(argumentOf(directive, name)) : undefined)
    return { graph: value.name.value, name: of('name') ?? value.name.value, url: of('url') ?? '' }
  })
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
