import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Who gets the same answer to a field, the narrowest first. */
const audiences = ['VIEWER', 'ORGANIZATION', 'PUBLIC'] as const

/** As `@audience(by:)` says. */
export type Audience = (typeof audiences)[number]

/** What the supergraph says of each field, by coordinate; a field that it does not name depends on its viewer. */
export type Audiences = ReadonlyMap<string, Audience>

function audienceOf(text: string): Audience {
  return audiences.find((known) => known === text) ?? 'VIEWER'
}

/** Reads `@audience` from a supergraph. */
export function readAudiences(document: DocumentNode): Audiences {
  const found = new Map<string, Audience>()
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || !('fields' in definition)) continue
    for (const field of definition.fields ?? []) {
      if (field.kind !== Kind.FIELD_DEFINITION) continue
      const directive = field.directives?.find(({ name }) => name.value === 'audience')
      const by = directive?.arguments?.find(({ name }) => name.value === 'by')?.value
      if (by?.kind === Kind.ENUM || by?.kind === Kind.STRING)
        found.set(`${definition.name.value}.${field.name.value}`, audienceOf(by.value))
    }
  }
  return found
}

/** The objects whose field a selection on a type may read. */
function objectsOf(type: GraphQLNamedType, schema: GraphQLSchema): readonly GraphQLNamedType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type)
  return isObjectType(type) ? [type] : []
}

/** The narrowest audience of all fields that documents select; of none, everybody. */
export function narrowestAudience(
  documents: readonly (DocumentNode | undefined)[],
  schema: GraphQLSchema,
  known: Audiences,
): Audience {
  const all = documents.flatMap((document) => (document ? [indexOfNarrowest(document, schema, known)] : []))
  return audiences[Math.min(audiences.length - 1, ...all)] ?? 'VIEWER'
}

function indexOfNarrowest(document: DocumentNode, schema: GraphQLSchema, known: Audiences): number {
  let narrowest = audiences.length - 1
  const info = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType()
        if (node.name.value === '__typename' || !parent) return
        for (const { name } of objectsOf(parent, schema)) {
          const audience = known.get(`${name}.${node.name.value}`) ?? 'VIEWER'
          narrowest = Math.min(narrowest, audiences.indexOf(audience))
        }
      },
    }),
  )
  return narrowest
}
