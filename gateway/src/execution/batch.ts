type Value = Record<string, unknown>

/** The objects of one group in one request, each representation once. */
export class Batch {
  /** Objects that the entities are merged into. */
  readonly targets: Value[] = []
  /** Of each target: which representation is its. */
  readonly order: number[] = []
  /** The first target of each representation. */
  readonly sources: Value[] = []
  readonly indexes = new Map<unknown, number>()

  /** Hot path: once for each object at a group's paths. */
  add(target: Value, key: unknown): void {
    let index = this.indexes.get(key)
    if (index === undefined) {
      index = this.sources.length
      this.indexes.set(key, index)
      this.sources.push(target)
    }
    this.targets.push(target)
    this.order.push(index)
  }
}
