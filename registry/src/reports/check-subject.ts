import type { CheckReport } from '../comparison/check.ts'

/** A check's report with what was compared. */
export interface CheckSubject {
  /** For people: `origin/main (1a2b3c4)`. */
  base: string
  subgraphs: string[]
  report: CheckReport
}
