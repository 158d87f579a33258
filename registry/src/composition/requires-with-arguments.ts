import type { CompositionHint } from '@headcount/registry-api'
import { Kind, visit } from 'graphql'
import type { ParsedSubgraph } from '../subgraph.ts'
import { placeOfNode } from './places.ts'

/** A warning for each `@requires` that passes arguments: planners disagree on it. */
export function hintRequiresWithArguments(subgraph: ParsedSubgraph): CompositionHint[] {
  const hints: CompositionHint[] = []
  visit(subgraph.document, {
    Directive(node) {
      if (!['requires', 'federation__requires'].includes(node.name.value)) return
      const fields = node.arguments?.find(({ name }) => name.value === 'fields')?.value
      if (fields?.kind !== Kind.STRING || !fields.value.includes('(')) return
      const place = placeOfNode(node, [subgraph])
      hints.push({
        code: 'REQUIRES_WITH_ARGUMENTS',
        level: 'warning',
        message:
          `[${subgraph.name}] @requires(fields: "${fields.value}") passes arguments: some planners, Apollo's among ` +
          'them, fetch the field once when an operation asks for it with other arguments, and then answer wrong ' +
          'data without an error. Require a field that takes no argument.',
        places: place ? [place] : [],
      })
    },
  })
  return hints
}
