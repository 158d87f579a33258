import type { Viewer } from '@headcount/access'
import { type FieldDefinitionNode, Kind, parse, type TypeNode } from 'graphql'

const DEPTH = 4

/**
 * All fields below a type that a schema marks with `@audience` for more than their viewer, as a selection: what is selected
 * so must be alike for {@link sharers}.
 */
export function markedSelection(sdl: string, type: string, depth = DEPTH): string {
  const types = new Map(
    parse(sdl).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? [[node.name.value, node.fields ?? []] as const] : [],
    ),
  )
  const select = (name: string, left: number): string[] =>
    (types.get(name) ?? []).filter(isMarked).flatMap((field) => {
      const of = nameOf(field.type)
      if (!types.has(of)) return [field.name.value]
      const below = left > 0 ? select(of, left - 1) : []
      return below.length > 0 ? [`${field.name.value} { ${below.join(' ')} }`] : []
    })
  return select(type, depth).join(' ')
}

function isMarked({ directives, arguments: taken }: FieldDefinitionNode): boolean {
  const needsArguments = taken?.some(
    ({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue,
  )
  return !needsArguments && directives?.some(({ name }) => name.value === 'audience') === true
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type)
}

/** Viewers of one organization who hold the same rights and are bound to the same event or to none, and differ otherwise. */
export function sharers({ organizationId, scopes, eventId }: Viewer): Viewer[] {
  const alike = { organizationId, scopes, ...(eventId !== undefined && { eventId }) }
  const kinds =
    eventId === undefined
      ? (['user', 'user', 'service'] as const)
      : (['device', 'device', 'service'] as const)
  return kinds.map((kind, index) => ({
    kind,
    id: `${kind}_${index}`,
    sessionId: `session_${index}`,
    ...alike,
  }))
}
