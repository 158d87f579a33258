import type { Plot } from '../report/plot.ts'
import type { Table } from '../report/result.ts'

/** What one part of the bench found. */
export interface Part {
  readonly text: string
  readonly tables: readonly Table[]
  readonly plots?: readonly Plot[]
}
