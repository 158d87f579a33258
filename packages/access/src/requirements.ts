import { fail } from '@headcount/errors'
import { type DirectiveNode, type DocumentNode, type GraphQLError, Kind, type ValueNode } from 'graphql'
import { hasScope } from './scopes.ts'
import type { Viewer } from './viewer.ts'

/** What a caller must have to read a field or a type. */
export interface Requirement {
  /** Whether a token is needed at all. */
  readonly isAuthenticated: boolean
  /** Sets of scopes of which one must be held whole; undefined = none is asked for. */
  readonly scopes: readonly (readonly string[])[] | undefined
}

/** Requirements by schema coordinate: `Ticket` for a type, `Ticket.holderName` for a field. */
export type AccessMap = ReadonlyMap<string, Requirement>

function strings(value: ValueNode | undefined): string[] {
  if (value?.kind !== Kind.LIST) return []
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []))
}

/** `a AND b` of two lists of alternatives: every pair, joined. */
function both(
  a: readonly (readonly string[])[] | undefined,
  b: readonly (readonly string[])[] | undefined,
): readonly (readonly string[])[] | undefined {
  if (!a || !b) return a ?? b
  return a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])]))
}

function read(directives: readonly DirectiveNode[] | undefined): Requirement | undefined {
  let found: Requirement | undefined
  for (const directive of directives ?? []) {
    if (directive.name.value === 'authenticated') {
      found = { isAuthenticated: true, scopes: found?.scopes }
    }
    if (directive.name.value === 'requiresScopes') {
      const list = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value
      const scopes = list?.kind === Kind.LIST ? list.values.map(strings) : []
      found = { isAuthenticated: true, scopes: both(found?.scopes, scopes) }
    }
  }
  return found
}

function note(map: Map<string, Requirement>, coordinate: string, requirement: Requirement | undefined): void {
  if (!requirement) return
  const before = map.get(coordinate)
  map.set(coordinate, { isAuthenticated: true, scopes: both(before?.scopes, requirement.scopes) })
}

/** Reads `@authenticated` and `@requiresScopes` from the SDL of a subgraph or of a supergraph. */
export function readAccess(document: DocumentNode): AccessMap {
  const map = new Map<string, Requirement>()
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue
    note(map, definition.name.value, read(definition.directives))
    if (!('fields' in definition)) continue
    for (const field of definition.fields ?? []) {
      if (field.kind !== Kind.FIELD_DEFINITION) continue
      note(map, `${definition.name.value}.${field.name.value}`, read(field.directives))
    }
  }
  return map
}

/** Whether the viewer has what is required. */
export function satisfies(viewer: Viewer | undefined, requirement: Requirement | undefined): boolean {
  if (!requirement) return true
  if (!viewer) return false
  const { scopes } = requirement
  return !scopes || scopes.some((set) => set.every((scope) => hasScope(viewer.scopes, scope)))
}

/** The error that says why `coordinate` was not read: UNAUTHENTICATED without a token, else FORBIDDEN. */
export function refusal(
  viewer: Viewer | undefined,
  coordinate: string,
  requirement: Requirement,
): GraphQLError {
  if (!viewer)
    return fail(
      'UNAUTHENTICATED',
      `${coordinate} needs a token: sign in, and send it as "Authorization: Bearer …".`,
    )
  const sets = (requirement.scopes ?? []).map((set) => set.join(' and '))
  return fail('FORBIDDEN', `${coordinate} needs the scope ${sets.join(', or ')}.`)
}
