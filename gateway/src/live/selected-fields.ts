import { fail } from '@headcount/errors'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** The fragments of a document, by name. */
export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  )
}

function nodesOf(set: SelectionSetNode, fragments: Fragments): SelectionNode[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node]
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)
    return fragment ? [node, ...nodesOf(fragment.selectionSet, fragments)] : [node]
  })
}

/** The fields of a selection set, those of its fragments among them. */
export function fieldsOf(set: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return nodesOf(set, fragments).flatMap((node) => (node.kind === Kind.FIELD ? [node] : []))
}

/** Where a subscription's field is selected; several times is still one field. @throws GraphQLError when it may be skipped */
export function rootFields(
  { selectionSet }: Pick<OperationDefinitionNode, 'selectionSet'>,
  fragments: Fragments,
): readonly [FieldNode, ...FieldNode[]] {
  // https://spec.graphql.org/draft/#sec-Single-Root-Field: whether there is a stream must not depend on a variable.
  const isSwitched = nodesOf(selectionSet, fragments).some(({ directives }) =>
    directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'),
  )
  if (isSwitched) throw fail('BAD_USER_INPUT', 'The field of a subscription cannot be skipped or included.')
  const [first, ...others] = fieldsOf(selectionSet, fragments)
  if (!first) throw fail('BAD_USER_INPUT', 'The subscription selects no field.')
  return [first, ...others]
}
