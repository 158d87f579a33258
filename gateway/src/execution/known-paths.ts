interface Node {
  readonly children: Map<string | number, Node>
  isEnd: boolean
}

function node(): Node {
  return { children: new Map(), isEnd: false }
}

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
    let at = this.root
    for (const segment of path) {
      if (at.isEnd) return true
      const next = at.children.get(segment)
      if (!next) return false
      at = next
    }
    // Every node is on the way to an end; the root alone may have none below it.
    return at !== this.root || at.isEnd || at.children.size > 0
  }
}
