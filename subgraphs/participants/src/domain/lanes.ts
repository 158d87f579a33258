/** Runs work of one key one after the other, of different keys side by side. */
export interface Lanes {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

/**
 * Makes lanes, one an event. Those who need an event's lock wait for it here and not in the database, where each
 * would hold a connection meanwhile: a rush for one event leaves the others theirs.
 */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(key, work) {
      const running = (tails.get(key) ?? Promise.resolve()).then(work)
      const tail = running
        .catch(() => undefined)
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key)
        })
      tails.set(key, tail)
      return running
    },
  }
}
