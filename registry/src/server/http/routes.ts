import type { Endpoint } from '../endpoint.ts'

/** What a path leads to. */
export interface Found {
  /** By method. */
  readonly endpoints: ReadonlyMap<string, Endpoint>
  readonly params: Readonly<Record<string, string>>
}

/** Finds the endpoints of a path; undefined = there are none. */
export type FindRoute = (path: string) => Found | undefined

interface Node {
  readonly fixed: Map<string, Node>
  named: Node | undefined
  readonly endpoints: Map<string, { readonly endpoint: Endpoint; readonly names: readonly string[] }>
}

function newNode(): Node {
  return { fixed: new Map(), named: undefined, endpoints: new Map() }
}

/** Makes the table. A fixed part of a path goes before a named one. @throws Error when two endpoints have one address */
export function createRoutes(endpoints: readonly Endpoint[]): FindRoute {
  const root = newNode()
  for (const endpoint of endpoints) add(root, endpoint)
  return (path) => {
    const values: string[] = []
    const parts = path.split('/').slice(1)
    const node = parts.reduce<Node | undefined>((at, part) => at && step(at, part, values), root)
    if (!node || node.endpoints.size === 0) return undefined
    const [first] = node.endpoints.values()
    const params = Object.fromEntries((first?.names ?? []).map((name, index) => [name, values[index] ?? '']))
    return { params, endpoints: new Map([...node.endpoints].map(([method, one]) => [method, one.endpoint])) }
  }
}

function add(root: Node, endpoint: Endpoint): void {
  const names: string[] = []
  let node = root
  for (const part of endpoint.path.split('/').slice(1)) {
    if (part.startsWith(':')) {
      names.push(part.slice(1))
      node.named ??= newNode()
      node = node.named
    } else {
      const next = node.fixed.get(part) ?? newNode()
      node.fixed.set(part, next)
      node = next
    }
  }
  if (node.endpoints.has(endpoint.method))
    throw new Error(`${endpoint.method} ${endpoint.path} is there twice`)
  node.endpoints.set(endpoint.method, { endpoint, names })
}

function step(node: Node, part: string, values: string[]): Node | undefined {
  const fixed = node.fixed.get(part)
  if (fixed || part === '' || !node.named) return fixed
  const value = decoded(part)
  if (value === undefined) return undefined
  values.push(value)
  return node.named
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
