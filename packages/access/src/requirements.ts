import { type DirectiveNode, type DocumentNode, Kind, type ValueNode } from 'graphql'
import { type AccessDirective, directiveNames } from './directive-names.ts'
import { hasScope } from './scopes.ts'
import type { Viewer } from './viewer.ts'

/** Sets of names of which one must be held whole: `[["a", "b"], ["c"]]` is (a and b) or c. */
export type Alternatives = readonly (readonly string[])[]

/** What a caller must have to read a field or a type; all three parts of it. */
export interface Requirement {
  /** Whether a token is needed at all. */
  readonly isAuthenticated: boolean
  /** Sets of scopes of which one must be held whole; undefined = none is asked for. */
  readonly scopes: Alternatives | undefined
  /** Sets of policies of which one must be held whole; undefined = none is asked for. */
  readonly policies: Alternatives | undefined
}

/** Requirements by schema coordinate: `Ticket` for a type, `Ticket.holderName` for a field. */
export type AccessMap = ReadonlyMap<string, Requirement>

function strings(value: ValueNode): string[] {
  if (value.kind !== Kind.LIST) return []
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []))
}

/** `a AND b` of two lists of alternatives: every pair, joined. */
function both(a: Alternatives | undefined, b: Alternatives | undefined): Alternatives | undefined {
  if (!a || !b) return a ?? b
  return a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])]))
}

/** What is required where two things are. */
function bothRequirements(a: Requirement | undefined, b: Requirement): Requirement {
  return {
    isAuthenticated: b.isAuthenticated || a?.isAuthenticated === true,
    scopes: both(a?.scopes, b.scopes),
    policies: both(a?.policies, b.policies),
  }
}

function alternatives(directive: DirectiveNode, argument: string): Alternatives {
  const value = directive.arguments?.find((node) => node.name.value === argument)?.value
  // What is no list has no alternative, so that nobody satisfies it.
  return value?.kind === Kind.LIST ? value.values.map(strings) : []
}

const readers: Readonly<Record<AccessDirective, (directive: DirectiveNode) => Requirement>> = {
  authenticated: () => ({ isAuthenticated: true, scopes: undefined, policies: undefined }),
  requiresScopes: (directive) => ({
    isAuthenticated: true,
    scopes: alternatives(directive, 'scopes'),
    policies: undefined,
  }),
  // Whoever decides about a policy may grant it to somebody without a token.
  policy: (directive) => ({
    isAuthenticated: false,
    scopes: undefined,
    policies: alternatives(directive, 'policies'),
  }),
}

/** Reads `@authenticated`, `@requiresScopes` and `@policy` from the SDL of a subgraph or of a supergraph. */
export function readAccess(document: DocumentNode): AccessMap {
  const names = directiveNames(document)
  const map = new Map<string, Requirement>()
  const note = (coordinate: string, directives: readonly DirectiveNode[] | undefined) => {
    for (const directive of directives ?? []) {
      const kind = names.get(directive.name.value)
      if (kind) map.set(coordinate, bothRequirements(map.get(coordinate), readers[kind](directive)))
    }
  }
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue
    note(definition.name.value, definition.directives)
    if (!('fields' in definition)) continue
    for (const field of definition.fields ?? []) {
      if (field.kind !== Kind.FIELD_DEFINITION) continue
      note(`${definition.name.value}.${field.name.value}`, field.directives)
    }
  }
  return map
}

const noPolicies: ReadonlySet<string> = new Set()

/** Whether scopes that are held are enough. */
function hasScopes(viewer: Viewer | undefined, scopes: Alternatives | undefined): boolean {
  if (!scopes) return true
  const held = viewer?.scopes ?? []
  return scopes.some((set) => set.every((scope) => hasScope(held, scope)))
}

/**
 * Whether the viewer has what is required. `policiesHeld` are the policies that were found to hold for this request;
 * when left out, those of the viewer's token.
 */
export function satisfies(
  viewer: Viewer | undefined,
  requirement: Requirement | undefined,
  policiesHeld?: ReadonlySet<string> | undefined,
): boolean {
  if (!requirement) return true
  if (requirement.isAuthenticated && !viewer) return false
  if (!hasScopes(viewer, requirement.scopes)) return false
  if (!requirement.policies) return true
  const held = policiesHeld ?? (viewer?.policies ? new Set(viewer.policies) : noPolicies)
  return requirement.policies.some((set) => set.every((policy) => held.has(policy)))
}
