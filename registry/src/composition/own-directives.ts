import type { CompositionError, CompositionHint } from '@headcount/registry-api'
import { type DirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql'
import type { ParsedSubgraph } from '../subgraph.ts'
import { mendingHint } from './mending-hints.ts'
import { placeOfNode } from './places.ts'

// The gateway acts on these; a supergraph without them serves no subscription, and nobody would notice.
const gatewayDirectives = new Set(['topic', 'audience'])

const declaresElement =
  /^((Scalar|Object|Interface|Union|Enum|InputObject)Type(Definition|Extension)|(Field|InputValue|EnumValue)Definition)$/

interface Usage {
  name: string
  /** `Subscription.occupancyChanged` */
  coordinate: string
  node: DirectiveNode
}

/**
 * Directives that a subgraph defines and uses itself and that the supergraph does not carry at the same
 * element. Those that the gateway acts on are errors; any other may be the subgraph's own affair: a hint.
 */
export function findLostDirectives(
  subgraphs: ParsedSubgraph[],
  supergraphSdl: string,
): { errors: CompositionError[]; hints: CompositionHint[] } {
  const carried = new Set(usages(parse(supergraphSdl)).map(({ name, coordinate }) => `${name} ${coordinate}`))
  const errors: CompositionError[] = []
  const hints: CompositionHint[] = []
  for (const subgraph of subgraphs) {
    const own = definedDirectives(subgraph.document)
    const lost = usages(subgraph.document).filter(
      ({ name, coordinate }) => own.has(name) && !carried.has(`${name} ${coordinate}`),
    )
    for (const usage of lost) {
      const place = placeOfNode(usage.node, [subgraph])
      const code = 'DIRECTIVE_NOT_COMPOSED'
      const message = `[${subgraph.name}] @${usage.name} on ${usage.coordinate} is not in the supergraph`
      if (gatewayDirectives.has(usage.name)) {
        errors.push({ code, message, ...place, hint: mendingHint(code), related: [] })
      } else {
        hints.push({ code, level: 'info', message, places: place ? [place] : [] })
      }
    }
  }
  return { errors, hints }
}

function definedDirectives(document: DocumentNode): Set<string> {
  return new Set(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.DIRECTIVE_DEFINITION ? [definition.name.value] : [],
    ),
  )
}

function usages(document: DocumentNode): Usage[] {
  const found: Usage[] = []
  const path: string[] = []
  visit(document, {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE && path.length > 0) {
        found.push({ name: node.name.value, coordinate: path.join('.'), node })
      }
      const name = declaredName(node)
      if (name !== undefined) path.push(name)
    },
    leave(node) {
      if (declaredName(node) !== undefined) path.pop()
    },
  })
  return found
}

/** The name of an element that a directive may stand on; directives' definitions and arguments are none. */
function declaredName(node: { kind: string; name?: unknown }): string | undefined {
  return declaresElement.test(node.kind) ? (node.name as { value: string }).value : undefined
}
