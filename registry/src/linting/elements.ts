import type { Place } from '@headcount/registry-api'
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  print,
  type StringValueNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql'
import { placeOfNode } from '../composition/places.ts'
import type { ParsedSubgraph } from '../subgraph.ts'

/** An element of the graph as rules of style see it, whichever subgraphs declare it. */
export interface LintedElement {
  readonly kind: 'type' | 'input' | 'field' | 'input field' | 'argument' | 'enum value'
  readonly coordinate: string
  readonly name: string
  /** Whether one of the subgraphs that declare it describes it. */
  readonly isDescribed: boolean
  /** Its `@deprecated`; undefined = it has none. */
  readonly deprecation: { readonly reason: string | undefined } | undefined
  /** What each subgraph says of it, without what is below it. */
  readonly declarations: readonly { readonly text: string; readonly place: Place | undefined }[]
}

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode
type TypeNode = TypeDefinitionNode | TypeExtensionNode
type Declared = Member | TypeNode

/** The elements that subgraphs declare, by coordinate. What federation itself brings is not among them. */
export function elementsOf(subgraphs: readonly ParsedSubgraph[]): Map<string, LintedElement> {
  const found = new Map<string, LintedElement>()
  for (const one of subgraphs.flatMap(declaredBy)) {
    const known = found.get(one.coordinate)
    found.set(one.coordinate, known ? joined(known, one) : one)
  }
  return found
}

function joined(known: LintedElement, one: LintedElement): LintedElement {
  return {
    ...known,
    isDescribed: known.isDescribed || one.isDescribed,
    deprecation: known.deprecation ?? one.deprecation,
    declarations: [...known.declarations, ...one.declarations],
  }
}

function declaredBy(subgraph: ParsedSubgraph): LintedElement[] {
  const declare = (kind: LintedElement['kind'], coordinate: string, node: Declared) =>
    elementOf(subgraph, { kind, coordinate, node })
  return subgraph.document.definitions.filter(isOfTheGraph).flatMap((definition) => {
    const type = definition.name.value
    const isInput = 'fields' in definition && /^InputObject/.test(definition.kind)
    // An extension declares nothing of the type itself.
    const own = isTypeExtensionNode(definition) ? [] : [declare(isInput ? 'input' : 'type', type, definition)]
    const below = membersOf(definition).flatMap((member) => {
      const coordinate = `${type}.${member.name.value}`
      const args = member.kind === Kind.FIELD_DEFINITION ? (member.arguments ?? []) : []
      return [
        declare(memberKinds[member.kind], coordinate, member),
        ...args.map((argument) => declare('argument', `${coordinate}.${argument.name.value}`, argument)),
      ]
    })
    return [...own, ...below]
  })
}

const memberKinds = {
  [Kind.FIELD_DEFINITION]: 'field',
  [Kind.INPUT_VALUE_DEFINITION]: 'input field',
  [Kind.ENUM_VALUE_DEFINITION]: 'enum value',
} as const

interface Named {
  readonly kind: LintedElement['kind']
  readonly coordinate: string
  readonly node: Declared
}

function elementOf(subgraph: ParsedSubgraph, { kind, coordinate, node }: Named): LintedElement {
  const place = placeOfNode(node.name, [subgraph])
  return {
    kind,
    coordinate,
    name: node.name.value,
    isDescribed: descriptionOf(node) !== undefined,
    deprecation: deprecationOf(node.directives ?? []),
    declarations: [{ text: print(withoutMembers(node)), place }],
  }
}

function descriptionOf(node: Declared): StringValueNode | undefined {
  return 'description' in node ? node.description : undefined
}

function deprecationOf(directives: readonly ConstDirectiveNode[]): LintedElement['deprecation'] {
  const directive = directives.find(({ name }) => name.value === 'deprecated')
  if (!directive) return undefined
  const reason = directive.arguments?.find(({ name }) => name.value === 'reason')?.value
  return { reason: reason?.kind === Kind.STRING ? reason.value : undefined }
}

function withoutMembers(node: Declared): Declared {
  return { ...(node as object), fields: [], values: [], arguments: [], types: [] } as unknown as Declared
}

function membersOf(definition: TypeNode): readonly Member[] {
  if ('fields' in definition) return definition.fields ?? []
  return 'values' in definition ? (definition.values ?? []) : []
}

/** Names with `__` are of a specification that is linked (`link__Import`), and named by its rules. */
function isOfTheGraph(definition: DefinitionNode): definition is TypeNode {
  const isType = isTypeDefinitionNode(definition) || isTypeExtensionNode(definition)
  return isType && !definition.name.value.includes('__')
}
