import type { CheckReport } from '@headcount/registry-api'

/** A check's report with what was compared. */
export interface CheckSubject {
  /** For people: `origin/main (1a2b3c4)`. */
  readonly base: string
  readonly subgraphs: readonly string[]
  readonly report: CheckReport
  /** Where in its git repository the checked root is: `services/graph/`; empty = at its top. CI shows places from there. */
  readonly prefix: string
  /** The time by which "4 min ago" is said. */
  readonly now: Date
}
