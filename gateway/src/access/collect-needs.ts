import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { AccessRules, Need } from './rules.ts'

/** Every need that some viewer could lack in this document, each once, whatever types turn up at run time. */
export function collectNeeds(document: DocumentNode, schema: GraphQLSchema, rules: AccessRules): Need[] {
  const needs = new Map<string, Need>()
  const info = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = getNamedType(info.getParentType() ?? undefined)
        if (!parent || !isCompositeType(parent) || node.name.value.startsWith('__')) return
        for (const object of isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]) {
          for (const need of rules.needs(object, node.name.value)) {
            needs.set(JSON.stringify(need.requirement), need)
          }
        }
      },
    }),
  )
  return [...needs.values()]
}
