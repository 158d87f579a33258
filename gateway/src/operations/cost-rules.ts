import { linksOf } from '@headcount/access'
import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  type TypeDefinitionNode,
} from 'graphql'

/** What `@listSize` says of a field's list. */
export interface ListSize {
  readonly assumedSize: number | undefined
  /** Arguments that say how long it is, each as the names that lead to it: `input.page.first`. */
  readonly slicingArguments: readonly (readonly string[])[]
  /** Fields of the field's own type that are the lists meant; empty = the field itself is. */
  readonly sizedFields: readonly string[]
  readonly requiresOne: boolean
}

/** What the fields, arguments and types of a supergraph cost, where it says so. */
export interface CostRules {
  /** By `Type`, `Type.field`, `Type.field(argument:)` and `Input.field`. */
  weight(coordinate: string): number | undefined
  listSize(coordinate: string): ListSize | undefined
  /** Length of a list of which nothing is said. */
  readonly defaultListSize: number
  /** Whether a wrong number of slicing arguments is an error. */
  readonly isStrict: boolean
}

interface Names {
  readonly cost: ReadonlySet<string>
  readonly listSize: ReadonlySet<string>
}

const ownUrl = /^https:\/\/specs\.apollo\.dev\/(cost|federation)\/v[\d.]+$/

/** What the supergraph calls the two directives: `@link` may rename them (https://specs.apollo.dev/link/v1.0). */
function namesOf(document: DocumentNode): Names {
  const cost = new Set<string>()
  const listSize = new Set<string>()
  for (const { url, as, imports } of linksOf(document)) {
    const specification = ownUrl.exec(url)?.[1]
    if (specification === undefined) continue
    const prefix = as ?? specification
    // The directive that is named as its specification goes without the prefix.
    cost.add(imports.get('cost') ?? (specification === 'cost' ? prefix : `${prefix}__cost`))
    listSize.add(imports.get('listSize') ?? `${prefix}__listSize`)
  }
  if (cost.size === 0) {
    cost.add('cost')
    listSize.add('listSize')
  }
  return { cost, listSize }
}

function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value
}

/** The specification writes weights as strings, federation as whole numbers. */
function numberOf(value: ConstValueNode | undefined): number | undefined {
  if (value === undefined || !('value' in value)) return undefined
  const number = Number(value.value)
  return Number.isFinite(number) ? number : undefined
}

function wordsOf(value: ConstValueNode | undefined): readonly string[] {
  if (value?.kind === Kind.STRING) return [value.value]
  if (value?.kind !== Kind.LIST) return []
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []))
}

function readListSize(directive: ConstDirectiveNode): ListSize {
  const requiresOne = argumentOf(directive, 'requireOneSlicingArgument')
  const slicing = wordsOf(argumentOf(directive, 'slicingArguments'))
  return {
    assumedSize: numberOf(argumentOf(directive, 'assumedSize')),
    slicingArguments: slicing.map((path) => path.split('.')),
    sizedFields: wordsOf(argumentOf(directive, 'sizedFields')),
    requiresOne: !(requiresOne?.kind === Kind.BOOLEAN && !requiresOne.value),
  }
}

class Reader {
  readonly weights = new Map<string, number>()
  readonly listSizes = new Map<string, ListSize>()
  private readonly names: Names

  constructor(names: Names) {
    this.names = names
  }

  type(definition: TypeDefinitionNode): void {
    const type = definition.name.value
    this.read(type, definition.directives)
    if (!('fields' in definition)) return
    for (const field of definition.fields ?? []) {
      const coordinate = `${type}.${field.name.value}`
      this.read(coordinate, field.directives)
      if (field.kind !== Kind.FIELD_DEFINITION) continue
      for (const argument of field.arguments ?? []) {
        this.read(`${coordinate}(${argument.name.value}:)`, argument.directives)
      }
    }
  }

  private read(coordinate: string, directives: readonly ConstDirectiveNode[] = []): void {
    for (const directive of directives) {
      const name = directive.name.value
      if (this.names.cost.has(name)) {
        const weight = numberOf(argumentOf(directive, 'weight'))
        if (weight !== undefined) this.weights.set(coordinate, weight)
      }
      if (this.names.listSize.has(name)) this.listSizes.set(coordinate, readListSize(directive))
    }
  }
}

const typeKinds = new Set<string>([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
])

/** Reads `@cost` and `@listSize` from a supergraph (https://ibm.github.io/graphql-specs/cost-spec.html). */
export function readCostRules(
  document: DocumentNode,
  options: { readonly defaultListSize: number; readonly isStrict: boolean },
): CostRules {
  const reader = new Reader(namesOf(document))
  for (const definition of document.definitions) {
    if (typeKinds.has(definition.kind)) reader.type(definition as TypeDefinitionNode)
  }
  return {
    ...options,
    weight: (coordinate) => reader.weights.get(coordinate),
    listSize: (coordinate) => reader.listSizes.get(coordinate),
  }
}
