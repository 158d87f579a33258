import {
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'

interface Request {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | null
  readonly operationName?: string | null
}

interface Representation {
  readonly __typename: string
  readonly id: string
}

/** What the fields of one request are answered with. */
interface Answering {
  readonly variables: Readonly<Record<string, unknown>>
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

const TEXT =
  'A sentence of some length that makes an answer as long as it has to be, again and again. '.repeat(2)

/**
 * Answers for any subgraph of any generated graph: what a field is, its name says (`t7` is of type `T7`, `next` of the type
 * after), so that no schema is needed.
 */
export function answerGenerated({ query, variables, operationName }: Request): string {
  const document = parse(query, { noLocation: true })
  const operation = getOperationAST(document, operationName)
  if (!operation) throw new Error(`No operation to answer: ${query}`)
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
  const root = { __typename: 'Query', id: '' }
  return JSON.stringify({
    data: objectOf(operation.selectionSet, root, { variables: variables ?? {}, fragments }),
  })
}

function objectOf(set: SelectionSetNode, of: Representation, answering: Answering): object {
  const object: Record<string, unknown> = {}
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      object[selection.alias?.value ?? selection.name.value] = answerField(selection, of, answering)
      continue
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : answering.fragments.get(selection.name.value)
    const condition = fragment?.typeCondition?.name.value
    if (fragment && (condition === undefined || condition === of.__typename)) {
      Object.assign(object, objectOf(fragment.selectionSet, of, answering))
    }
  }
  return object
}

function answerField(field: FieldNode, of: Representation, answering: Answering): unknown {
  const name = field.name.value
  const argument = (key: string) => {
    const node = field.arguments?.find((one) => one.name.value === key)
    return node && valueFromASTUntyped(node.value, answering.variables)
  }
  const object = (value: Representation) =>
    field.selectionSet ? objectOf(field.selectionSet, value, answering) : null
  if (name === '__typename') return of.__typename
  if (name === 'id') return of.id
  if (name === 'name') return `Number ${of.id} of ${of.__typename}`
  if (name === 'text') return TEXT
  if (name === 'extra') return 7
  if (name === 'next') return object({ __typename: `T${Number(of.__typename.slice(1)) + 1}`, id: of.id })
  if (name === '_entities') return (argument('representations') as Representation[]).map(object)
  if (name === 'items') {
    return Array.from({ length: Number(argument('count')) }, (_, index) =>
      object({ __typename: 'T0', id: String(index) }),
    )
  }
  return object({ __typename: `T${name.slice(1)}`, id: String(argument('id')) })
}
