import type { DescribedType, GraphDescription } from '@headcount/registry-api'

/** An element of the API. */
export interface SchemaElement {
  readonly coordinate: string
  readonly owners: readonly string[]
  readonly isDeprecated: boolean
  /** The same element of the interfaces that its type implements: who uses one of them uses it. */
  readonly usedBy: readonly string[]
}

/** Every element of an API: types, fields, arguments, fields of inputs, values of enums. */
export function schemaElements({ types }: GraphDescription): SchemaElement[] {
  return types.flatMap((type) => [
    elementOf(type, { coordinate: type.name, isDeprecated: false }),
    ...type.fields.flatMap((field) => [
      elementOf(type, {
        coordinate: `${type.name}.${field.name}`,
        owners: field.owners,
        ...deprecation(field),
      }),
      ...field.args.map((argument) =>
        elementOf(type, {
          coordinate: `${type.name}.${field.name}.${argument.name}`,
          owners: field.owners,
          ...deprecation(argument),
        }),
      ),
    ]),
    ...type.values.map((value) =>
      elementOf(type, { coordinate: `${type.name}.${value.name}`, ...deprecation(value) }),
    ),
  ])
}

function elementOf(
  type: DescribedType,
  element: { coordinate: string; isDeprecated: boolean; owners?: readonly string[] },
): SchemaElement {
  const rest = element.coordinate.slice(type.name.length)
  return { owners: type.owners, ...element, usedBy: type.interfaces.map((name) => `${name}${rest}`) }
}

function deprecation({ deprecationReason }: { readonly deprecationReason: string | null }) {
  return { isDeprecated: deprecationReason !== null }
}
