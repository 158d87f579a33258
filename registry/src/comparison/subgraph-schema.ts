import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  visit,
} from 'graphql'

/**
 * A federated text as a plain schema, for comparing. A type that is only extended counts as defined, and a
 * name that federation brings along (`FieldSet`) as a scalar; directives need no definition.
 */
export function subgraphSchema(document: DocumentNode): GraphQLSchema {
  const definitions = withBases(document.definitions)
  const missing = missingTypes(definitions).map(
    (name): TypeDefinitionNode => ({
      kind: Kind.SCALAR_TYPE_DEFINITION,
      name: { kind: Kind.NAME, value: name },
    }),
  )
  return buildASTSchema(
    { kind: Kind.DOCUMENT, definitions: [...definitions, ...missing] },
    { assumeValid: true, assumeValidSDL: true },
  )
}

function withBases(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const defined = new Set(definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value))
  return definitions.map((definition) => {
    if (!isTypeExtensionNode(definition) || defined.has(definition.name.value)) return definition
    defined.add(definition.name.value)
    return { ...definition, kind: definition.kind.replace('Extension', 'Definition') } as TypeDefinitionNode
  })
}

function missingTypes(definitions: readonly DefinitionNode[]): string[] {
  const known = new Set(specifiedScalarTypes.map(({ name }) => name))
  for (const definition of definitions) if (isTypeDefinitionNode(definition)) known.add(definition.name.value)
  const missing = new Set<string>()
  for (const definition of definitions) {
    visit(definition, {
      NamedType(node) {
        if (!known.has(node.name.value)) missing.add(node.name.value)
      },
    })
  }
  return [...missing]
}
