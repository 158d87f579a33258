/** Lets those who want the same thing while it is on its way wait for the same. */
export type Share<Result> = (key: string, work: () => Promise<Result>) => Promise<Result>

/** Makes a share. Nothing is remembered: who comes after the thing arrived starts anew. */
export function createShare<Result>(): Share<Result> {
  const underWay = new Map<string, Promise<Result>>()
  return (key, work) => {
    const running = underWay.get(key) ?? work().finally(() => underWay.delete(key))
    underWay.set(key, running)
    return running
  }
}
