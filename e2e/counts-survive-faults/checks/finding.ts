/** What came of looking at one promise. */
export interface Finding {
  /** Its name in the list of invariants, as `I3`. */
  readonly rule: string
  /** What is promised, in one sentence. */
  readonly promise: string
  /** What it was held against. */
  readonly numbers: string
  /** Each break of it in one line, at most ten of them; empty where it holds. */
  readonly broken: readonly string[]
}

const SHOWN = 10

/** Makes a finding; many breaks are cut down to ten and their number. */
export function finding({ broken, ...rest }: Finding): Finding {
  if (broken.length <= SHOWN) return { ...rest, broken }
  return { ...rest, broken: [...broken.slice(0, SHOWN), `and ${broken.length - SHOWN} more`] }
}

/** One line for each name whose two numbers differ. */
export function differences(
  what: string,
  found: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
): string[] {
  const names = [...new Set([...found.keys(), ...expected.keys()])]
  return names
    .filter((name) => (found.get(name) ?? 0) !== (expected.get(name) ?? 0))
    .map((name) => `${what}: ${name} is ${found.get(name) ?? 0}, by the ledger ${expected.get(name) ?? 0}`)
}
