import { setImmediate } from 'node:timers/promises'

const sliceMs = 5

/** Maps a list without holding the event loop for longer than some 5 ms at a time: requests are answered in between. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = []
  let begin = performance.now()
  for (const [index, item] of items.entries()) {
    results.push(map(item, index))
    if (performance.now() - begin < sliceMs) continue
    await setImmediate()
    begin = performance.now()
  }
  return results
}
