import { type DirectiveNode, Kind, type SelectionNode } from 'graphql'

/** The value that a `@skip` or `@include` has as a literal, as "is included"; undefined = another directive, or a variable. */
function literalInclusion(directive: DirectiveNode): boolean | undefined {
  const name = directive.name.value
  if (name !== 'skip' && name !== 'include') return undefined
  const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
  if (value?.kind !== Kind.BOOLEAN) return undefined
  return name === 'include' ? value.value : !value.value
}

/** A selection without the conditions that literals have decided; undefined = they leave it out. */
export function withoutLiterals<Node extends SelectionNode>(node: Node): Node | undefined {
  const { directives = [] } = node
  const kept = directives.filter((directive) => literalInclusion(directive) !== true)
  if (kept.some((directive) => literalInclusion(directive) === false)) return undefined
  return kept.length === directives.length ? node : { ...node, directives: kept }
}
