import type { CheckReport } from '@headcount/registry-api'

/** A check's report with what was compared. */
export interface CheckSubject {
  /** For people: `origin/main (1a2b3c4)`. */
  readonly base: string
  readonly subgraphs: readonly string[]
  readonly report: CheckReport
  /** The time by which "4 min ago" is said. */
  readonly now: Date
}
