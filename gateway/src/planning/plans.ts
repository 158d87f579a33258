import { type DocumentNode, print } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Plan } from './plan.ts'
import type { Planner } from './planner.ts'

/** The plans of one supergraph, each made once. */
export interface Plans {
  /** What the plan of a request depends on beside its document: labels of `@override` that are on, by name. */
  labels(): string
  /** The plan of an operation, under labels as `labels` gave them. */
  find(document: DocumentNode, labels: string): Promise<Plan>
  readonly counts: { hits: number; misses: number; readonly entries: number }
}

/** What plans are made with. */
export interface PlansOptions {
  readonly planner: Planner
  /** Labels that the operator switches on or off. */
  readonly overrides: Readonly<Record<string, boolean>>
  /** Plans kept; the longest unused go first. */
  readonly limit: number
}

/** Keeps plans by the text that was planned, and by labels. Those who ask at once for the same wait for the same. */
export function createPlans({ planner, overrides, limit }: PlansOptions): Plans {
  const kept = new LRUCache<string, Promise<Plan>>({ max: limit })
  const counts = {
    hits: 0,
    misses: 0,
    get entries() {
      return kept.size
    },
  }
  const on = new Set(planner.overrideLabels.filter((label) => overrides[label] === true))
  const onText = [...on].toSorted().join(',')
  const thresholds = [...planner.overridePercentages].toSorted((a, b) => a - b)

  const make = (text: string, labels: string) =>
    planner.plan({
      document: text,
      operationName: undefined,
      overrideLabels: on,
      overridePercentage: Number(labels.split('|')[1] ?? 100),
    })
  return {
    counts,
    labels() {
      if (thresholds.length === 0) return onText
      // Requests between the same two thresholds are planned alike.
      const drawn = Math.random() * 100
      const next = thresholds.find((threshold) => drawn < threshold)
      return `${onText}|${next === undefined ? 100 : next - 1e-6}`
    },
    find(document, labels) {
      const text = print(document)
      const key = `${labels} ${text}`
      const known = kept.get(key)
      if (known) {
        counts.hits += 1
        return known
      }
      counts.misses += 1
      const work = make(text, labels)
      kept.set(key, work)
      // What failed may succeed another time.
      work.catch(() => kept.delete(key))
      return work
    },
  }
}
