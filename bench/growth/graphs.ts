import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeGraph } from '../gateway/graph/compose.ts'

/** How large a graph is. */
export interface GraphSize {
  readonly types: number
  readonly subgraphs: number
}

/** From small to large: more types first, then more subgraphs. */
export const sizes: readonly GraphSize[] = [
  { types: 10, subgraphs: 5 },
  { types: 100, subgraphs: 5 },
  { types: 1000, subgraphs: 5 },
  { types: 1000, subgraphs: 50 },
  { types: 1000, subgraphs: 200 },
]

const kept = fileURLToPath(new URL('../../.headcount/bench-graphs', import.meta.url))
/** Of a composed graph that asks for its subgraphs somewhere else each time. */
const ADDRESS = 'http://subgraphs.invalid'

/**
 * Each type lives in one subgraph by turns, gets a field from the next one, and refers to the next type, which lives there.
 * `items` gives as many of the first type as are asked for.
 */
function typeDefsOf(subgraph: number, { types, subgraphs }: GraphSize): string {
  const roots: string[] = subgraph === 0 ? ['items(count: Int!): [T0!]!'] : []
  const lines: string[] = []
  for (let type = 0; type < types; type++) {
    const home = type % subgraphs
    const next = type + 1 < types ? `next: T${type + 1}` : ''
    if (home === subgraph) {
      roots.push(`t${type}(id: ID!): T${type}`)
      lines.push(`type T${type} @key(fields: "id") { id: ID! name: String! text: String! ${next} }`)
    }
    if ((home + 1) % subgraphs === subgraph) {
      lines.push(`type T${type} @key(fields: "id") { id: ID! extra: Int! }`)
    }
    // What a type of this subgraph refers to.
    if (type > 0 && (type - 1) % subgraphs === subgraph) {
      lines.push(`type T${type} @key(fields: "id", resolvable: false) { id: ID! }`)
    }
  }
  return [`type Query { ${roots.join(' ')} }`, ...lines].join('\n')
}

/** The composed graph. Composing the large ones takes a while, so that it is kept in a folder of the clone. */
export function supergraphOf(size: GraphSize, address: string, folder = kept): string {
  const names = Array.from({ length: size.subgraphs }, (_, index) => `s${index}`)
  const subgraphs = Object.fromEntries(
    names.map((name, index) => [name, { typeDefs: typeDefsOf(index, size) }]),
  )
  const hash = createHash('sha256').update(JSON.stringify(subgraphs)).digest('hex').slice(0, 12)
  const file = join(folder, `${size.types}-${size.subgraphs}-${hash}.graphql`)
  if (!existsSync(file)) {
    process.stderr.write(`Composing ${size.types} types in ${size.subgraphs} subgraphs …\n`)
    mkdirSync(folder, { recursive: true })
    // Whoever is interrupted leaves no half of a graph.
    writeFileSync(`${file}.new`, composeGraph(ADDRESS, subgraphs))
    renameSync(`${file}.new`, file)
  }
  return readFileSync(file, 'utf8').replaceAll(ADDRESS, address)
}
