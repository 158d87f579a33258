import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  Kind,
  parse,
  type SchemaDefinitionNode,
} from 'graphql'
import { argumentsOf, membersOf } from './elements.ts'
import { identities } from './hidden-elements.ts'
import type { LinkNames } from './link-names.ts'

type Marked = { readonly directives?: readonly ConstDirectiveNode[] | undefined }

/** The supergraph with `@inaccessible` at each of the coordinates; it links the specification where it did not. */
export function markInaccessible(
  document: DocumentNode,
  links: LinkNames,
  hidden: ReadonlySet<string>,
): DocumentNode {
  const linked = links.directive(identities.inaccessible)
  const name = linked ?? 'inaccessible'
  const definitions = document.definitions.map((node) => markDefinition(node, name, hidden))
  if (linked !== undefined || hidden.size === 0) return { ...document, definitions }
  return { ...document, definitions: [...definitions.map(addLink), definition] }
}

function markDefinition(node: DefinitionNode, name: string, hidden: ReadonlySet<string>): DefinitionNode {
  if (!isTypeDefinitionNode(node)) return node
  const mark = <Node extends ASTNode & Marked>(element: Node, coordinate: string): Node =>
    hidden.has(coordinate) ? withDirective(element, name) : element
  const type = node.name.value
  const members = membersOf(node).map((member) => {
    const coordinate = `${type}.${member.name.value}`
    const taken = argumentsOf(member).map((one) => mark(one, `${coordinate}.${one.name.value}`))
    return mark('arguments' in member ? { ...member, arguments: taken } : member, coordinate)
  })
  const key = node.kind === Kind.ENUM_TYPE_DEFINITION ? 'values' : 'fields'
  return mark(members.length > 0 ? ({ ...node, [key]: members } as typeof node) : node, type)
}

function withDirective<Node extends Marked>(element: Node, name: string): Node {
  const { directives = [] } = element
  if (directives.some((one) => one.name.value === name)) return element
  return { ...element, directives: [...directives, directiveOf(`@${name}`)] }
}

function addLink(node: DefinitionNode): DefinitionNode {
  if (node.kind !== Kind.SCHEMA_DEFINITION) return node
  const link = directiveOf(`@link(url: "${identities.inaccessible}/v0.2", for: SECURITY)`)
  return { ...node, directives: [...(node.directives ?? []), link] }
}

function directiveOf(text: string): ConstDirectiveNode {
  const schema = parse(`schema ${text} { query: Query }`, { noLocation: true })
    .definitions[0] as SchemaDefinitionNode
  const [directive] = schema.directives ?? []
  if (!directive) throw new Error(`${text} is no directive`)
  return directive
}

const [definition] = parse(
  'directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION',
  { noLocation: true },
).definitions as [DefinitionNode]
