import { type DirectiveNode, type DocumentNode, visit } from 'graphql'
import { isSwitchedOn, type Switches } from './shape.ts'

/** Whether a part of the document may come later. */
export function hasDefer(document: DocumentNode): boolean {
  let isFound = false
  visit(document, {
    Directive: ({ name }) => {
      if (name.value === 'defer') isFound = true
    },
  })
  return isFound
}

/**
 * The document with `@defer` where something is to be deferred, and nowhere else: not for a client that takes one answer
 * alone, nor where its `if` says no. Planners then need no condition.
 */
export function settleDefer(document: DocumentNode, isWanted: boolean, switches: Switches): DocumentNode {
  return visit(document, {
    Directive(node): DirectiveNode | null | undefined {
      if (node.name.value !== 'defer') return undefined
      if (!isWanted || !isSwitchedOn(node, switches)) return null
      return { ...node, arguments: (node.arguments ?? []).filter(({ name }) => name.value !== 'if') }
    },
  })
}
