import type { Registry } from 'prom-client'
import { publish } from './histogram.ts'

/** Values of a label that are told apart; an extension's codes could be any number. */
const keptValues = 200

/** Counts by one label. */
export class Tally {
  private readonly counts = new Map<string, number>()

  /** Counts one, or so many. */
  add(value: string, count = 1): void {
    const { counts } = this
    const before = counts.get(value)
    if (before !== undefined || counts.size < keptValues) counts.set(value, (before ?? 0) + count)
    else counts.set('OTHER', (counts.get('OTHER') ?? 0) + count)
  }

  /** Each value of the label with its count. */
  entries(): Iterable<[string, number]> {
    return this.counts
  }
}

/** Makes a counter with one label and publishes it. */
export function createTally(
  registry: Registry,
  options: { readonly name: string; readonly help: string; readonly label: string },
): Tally {
  const { name, help, label } = options
  const tally = new Tally()
  publish(registry, { name, help, type: 'counter' }, () =>
    [...tally.entries()].map(([text, value]) => ({ labels: { [label]: text }, value })),
  )
  return tally
}
