import type { CompositionError } from '@headcount/registry-api'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  OperationTypeNode,
  parse,
  visit,
} from 'graphql'
import type { ParsedSubgraph } from '../subgraph.ts'
import { mendingHint } from './mending-hints.ts'
import { placeOfNode } from './places.ts'

/** A field in one subgraph that answers it. */
interface Answer {
  readonly subgraph: ParsedSubgraph
  readonly node: FieldDefinitionNode
  /** What its `@audience` says. */
  readonly word: string
}

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode

const unmarked = 'VIEWER'
const rootNames: Readonly<Record<OperationTypeNode, string>> = {
  [OperationTypeNode.QUERY]: 'Query',
  [OperationTypeNode.MUTATION]: 'Mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'Subscription',
}

/**
 * Fields that several subgraphs answer and whose `@audience` is not the same in all of them. The supergraph has one word a
 * field, whoever answered; where one subgraph looks at the viewer, the word of another would give its answer to others.
 */
export function findMixedAudiences(subgraphs: readonly ParsedSubgraph[]): CompositionError[] {
  const implementers = implementersIn(subgraphs)
  const answers = subgraphs.flatMap((subgraph) => answersOf(subgraph, implementers))
  const errors: CompositionError[] = []
  for (const [coordinate, all] of Map.groupBy(answers, (answer) => answer.coordinate)) {
    // Narrow is right, or forgotten: that is where to look first.
    const [first, ...others] = all.toSorted((a, b) => Number(isNarrow(b)) - Number(isNarrow(a)))
    const other = others.find(({ word }) => word !== first?.word)
    if (first && other) errors.push(mismatch(coordinate, first, { other, others }))
  }
  return errors
}

function isNarrow({ word }: Answer): boolean {
  return word === unmarked
}

function mismatch(
  coordinate: string,
  { subgraph, node, word }: Answer,
  { other, others }: { other: Answer; others: readonly Answer[] },
): CompositionError {
  const code = 'AUDIENCE_MISMATCH'
  const said = node.directives?.some(isAudience) ? `@audience(by: ${word})` : `no @audience, which is ${word}`
  return {
    code,
    message: `[${subgraph.name}] ${coordinate} has ${said}, but @audience(by: ${other.word}) in ${other.subgraph.name}: both answer it`,
    ...placeOfNode(node, [subgraph]),
    hint: mendingHint(code),
    related: others.flatMap((one) => placeOfNode(one.node, [one.subgraph]) ?? []),
  }
}

function answersOf(subgraph: ParsedSubgraph, implementers: ReadonlyMap<string, Set<string>>) {
  const { document } = subgraph
  const provided = providedNames(document)
  const roots = rootsOf(document)
  return document.definitions.filter(isObject).flatMap((type) => {
    const own = roots.get(type.name.value) ?? type.name.value
    // What an interface object answers is answered of all that implement the interface.
    const names = has(type, 'interfaceObject') ? [own, ...(implementers.get(own) ?? [])] : [own]
    const fields = (type.fields ?? []).filter(
      (field) => !(has(type, 'external') || has(field, 'external')) || provided.has(field.name.value),
    )
    return fields.flatMap((node) =>
      names.map((name) => ({
        coordinate: `${name}.${node.name.value}`,
        ...{ subgraph, node, word: wordOf(node) },
      })),
    )
  })
}

function isObject(node: { readonly kind: string }): node is ObjectNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
}

function has(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): boolean {
  return (node.directives ?? []).some(
    (directive) => directive.name.value === name || directive.name.value === `federation__${name}`,
  )
}

function isAudience(directive: ConstDirectiveNode): boolean {
  return directive.name.value === 'audience'
}

function wordOf({ directives }: FieldDefinitionNode): string {
  const by = directives?.find(isAudience)?.arguments?.find(({ name }) => name.value === 'by')?.value
  return by?.kind === Kind.ENUM || by?.kind === Kind.STRING ? by.value : unmarked
}

/** Names of fields that a subgraph answers though they are another's: more than there are would only be asked to agree. */
function providedNames(document: DocumentNode): Set<string> {
  const names = new Set<string>()
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'provides' && name.value !== 'federation__provides') return
      const fields = given.find((argument) => argument.name.value === 'fields')?.value
      if (fields?.kind !== Kind.STRING) return
      visit(parse(`{ ${fields.value} }`), { Field: (field) => void names.add(field.name.value) })
    },
  })
  return names
}

/** Root types that are named otherwise in this subgraph. */
function rootsOf(document: DocumentNode): Map<string, string> {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
        ? (node.operationTypes ?? []).map(
            ({ operation, type }) => [type.name.value, rootNames[operation]] as const,
          )
        : [],
    ),
  )
}

/** Interface → the object types that implement it in any subgraph. */
function implementersIn(subgraphs: readonly ParsedSubgraph[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const type of subgraphs.flatMap(({ document }) => document.definitions.filter(isObject))) {
    for (const { name } of type.interfaces ?? []) {
      found.set(name.value, (found.get(name.value) ?? new Set()).add(type.name.value))
    }
  }
  return found
}
