import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql'

function isSwitchedOff(directive: DirectiveNode): boolean {
  const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
  return condition?.kind === Kind.BOOLEAN && !condition.value
}

/** Whether a part of the answer may come later: some `@defer` is not `if: false`. */
export function isDeferred(document: DocumentNode): boolean {
  let isFound = false
  visit(document, {
    Directive(directive) {
      if (directive.name.value === 'defer' && !isSwitchedOff(directive)) isFound = true
    },
  })
  return isFound
}
