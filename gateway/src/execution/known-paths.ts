interface Node {
  readonly children: Map<string | number, Node>
  isEnd: boolean
}

function node(): Node {
  return { children: new Map(), isEnd: false }
}

/** Stands in a known path for the positions of lists, however many are there; also for none. */
export const anyItems = -1

/** Paths in an answer for which an error is known. */
export class KnownPaths {
  private readonly root = node()

  constructor(paths: Iterable<readonly (string | number)[]>) {
    for (const path of paths) this.add(path)
  }

  add(path: readonly (string | number)[]): void {
    let at = this.root
    for (const segment of path) {
      let next = at.children.get(segment)
      if (!next) {
        next = node()
        at.children.set(segment, next)
      }
      at = next
    }
    at.isEnd = true
  }

  /** Whether there is an error for this place, for one around it, or for one within it. */
  explain(path: readonly (string | number)[]): boolean {
    return explains(this.root, path, 0) && (path.length > 0 || this.root.isEnd || this.root.children.size > 0)
  }
}

/** Every node but the root is on the way to an end. */
function explains(at: Node, path: readonly (string | number)[], from: number): boolean {
  const segment = path[from]
  if (at.isEnd || segment === undefined) return true
  const next = at.children.get(segment)
  if (next && explains(next, path, from + 1)) return true
  const items = at.children.get(anyItems)
  if (!items) return false
  let end = from
  while (typeof path[end] === 'number') end += 1
  return explains(items, path, end)
}
