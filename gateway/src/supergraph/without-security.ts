import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES as supported } from '@apollo/federation-internals'
import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql'

function argument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((node) => node.name.value === name)?.value
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined
}

/**
 * The supergraph as ApolloGateway takes it: it refuses every feature that is marked `for:` something and is not on
 * its list (`@authenticated`, `@requiresScopes` …), so their links, applications and definitions are cut out. They are
 * enforced by this gateway, from the full document.
 */
export function withoutSecurity(document: DocumentNode): DocumentNode {
  const links = new Set<DirectiveNode>()
  const names = new Set<string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const directive of definition.directives ?? []) {
      const url = argument(directive, 'url')
      if (directive.name.value !== 'link' || !url || !argument(directive, 'for') || supported.has(url))
        continue
      links.add(directive)
      names.add(argument(directive, 'as') ?? url.split('/').at(-2) ?? url)
    }
  }
  const isOwn = (name: string) => names.has(name) || names.has(name.split('__')[0] ?? name)
  const drop = (node: { name: { value: string } }) => (isOwn(node.name.value) ? null : undefined)
  return visit(document, {
    Directive: (node) => (links.has(node) || isOwn(node.name.value) ? null : undefined),
    DirectiveDefinition: drop,
    ScalarTypeDefinition: drop,
    EnumTypeDefinition: drop,
    InputObjectTypeDefinition: drop,
  })
}
