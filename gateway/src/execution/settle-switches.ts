import { type ASTNode, type DirectiveNode, type DocumentNode, visit } from 'graphql'
import { isIncluded, type Switches } from './shape.ts'

interface Switched {
  readonly directives?: readonly DirectiveNode[]
}

const isSwitch = ({ name: { value } }: DirectiveNode) => value === 'skip' || value === 'include'

/**
 * The document as these switches leave it: without what `@skip` and `@include` leave out, and without them. A program is
 * made for one way in which its switches stand, so its plan may be too: nothing is fetched that nobody wants, and no
 * planner has to keep conditions apart, which both have been found to mix up.
 */
export function settleSwitches(document: DocumentNode, switches: Switches): DocumentNode {
  const settle = <Node extends ASTNode & Switched>(node: Node): Node | null | undefined => {
    const { directives } = node
    if (!directives?.some(isSwitch)) return undefined
    if (!isIncluded(directives, switches)) return null
    return { ...node, directives: directives.filter((directive) => !isSwitch(directive)) }
  }
  return visit(document, { Field: settle, InlineFragment: settle, FragmentSpread: settle })
}
