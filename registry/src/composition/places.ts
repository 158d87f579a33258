import type { Place } from '@headcount/registry-api'
import {
  type ASTNode,
  type DirectiveDefinitionNode,
  Kind,
  type Location,
  type NameNode,
  type TypeSystemDefinitionNode,
  type TypeSystemExtensionNode,
} from 'graphql'
import { fileOf, type ParsedSubgraph } from '../subgraph.ts'

type Definition = TypeSystemDefinitionNode | TypeSystemExtensionNode
type Marked = { name: NameNode }

/** Where a node of one of these subgraphs' syntax trees stands, or undefined for a node made by a tool. */
export function placeOfNode(node: ASTNode, subgraphs: ParsedSubgraph[]): Place | undefined {
  const owner = subgraphs.find(({ document }) => document.loc?.source === node.loc?.source)
  return owner && node.loc && placeOf(owner, node.loc)
}

/**
 * Schema coordinates to places: `Event`, `Event.name`, `Query.event.id`, `Role.ADMIN`, `@topic`.
 * A type that is defined and extended has its first place.
 */
export function indexPlaces(subgraph: ParsedSubgraph): Map<string, Place> {
  const places = new Map<string, Place>()
  const mark = (coordinate: string, node: { loc?: Location | undefined }) => {
    if (node.loc && !places.has(coordinate)) places.set(coordinate, placeOf(subgraph, node.loc))
  }
  for (const definition of subgraph.document.definitions) {
    const prefix = prefixOf(definition as Definition)
    if (prefix === undefined) continue
    mark(prefix, nameNode(definition as Definition) ?? definition)
    for (const member of membersOf(definition as Definition)) {
      mark(`${prefix}.${member.name.value}`, member.name)
      for (const argument of argumentsOf(member)) {
        mark(`${prefix}.${member.name.value}.${argument.name.value}`, argument.name)
      }
    }
  }
  return places
}

function placeOf(subgraph: ParsedSubgraph, loc: Location): Place {
  const { line, column } = loc.startToken
  return { subgraph: subgraph.name, file: fileOf(subgraph), line, column }
}

function prefixOf(definition: Definition): string | undefined {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return `@${definition.name.value}`
  return nameNode(definition)?.value
}

function nameNode(definition: Definition): NameNode | undefined {
  return 'name' in definition ? definition.name : undefined
}

function membersOf(definition: Definition): readonly Marked[] {
  if ('fields' in definition) return definition.fields ?? []
  if ('values' in definition) return definition.values ?? []
  return (definition as DirectiveDefinitionNode).arguments ?? []
}

function argumentsOf(member: Marked): readonly Marked[] {
  return (member as { arguments?: readonly Marked[] }).arguments ?? []
}
