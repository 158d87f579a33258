import { satisfies, type Viewer } from '@headcount/access'
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, print } from 'graphql'
import { LRUCache } from 'lru-cache'
import { collectNeeds } from './collect-needs.ts'
import { cutOperation } from './cut.ts'
import type { AccessRules } from './rules.ts'

/** How an operation is run for a viewer. */
export interface Variant {
  /** What is planned and fetched; undefined = nothing is left of it. */
  readonly document: DocumentNode | undefined
  /** Names that document: plans are kept by it. */
  readonly key: string
  /** Set where something was cut: key under which objects of abstract types tell their type. */
  readonly cutTypenameKey: string | undefined
}

/** An operation as each viewer may run it. */
export interface OperationAccess {
  variantFor(viewer: Viewer | undefined): Variant
}

/** Variants of one operation that are kept; viewers differ in few ways. */
const keptVariants = 32

function freeKey(document: DocumentNode): string {
  const text = print(document)
  let key = 'type_'
  while (text.includes(key)) key += '_'
  return key
}

/** Finds out once what an operation needs; viewers that lack the same of it share a variant, and so a plan. */
export function operationAccess(options: {
  readonly key: string
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
}): OperationAccess {
  const { key, schema, rules, document, definition } = options
  const needs = collectNeeds(document, schema, rules)
  const whole: Variant = { document, key, cutTypenameKey: undefined }
  const variants = new LRUCache<string, Variant>({ max: keptVariants })
  return {
    variantFor(viewer) {
      const lacks = needs.map((need) => (satisfies(viewer, need.requirement) ? '0' : '1')).join('')
      if (!lacks.includes('1')) return whole
      const known = variants.get(lacks)
      if (known) return known
      const typenameKey = freeKey(document)
      const isAllowed: Parameters<typeof cutOperation>[0]['isAllowed'] = (type, field, via) =>
        rules.needs(type, field, via).every((need) => satisfies(viewer, need.requirement))
      const cut = cutOperation({ schema, document, definition, isAllowed, typenameKey })
      const variant = { document: cut, key: `${key}:${lacks}`, cutTypenameKey: typenameKey }
      variants.set(lacks, variant)
      return variant
    },
  }
}
