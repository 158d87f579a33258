import type { ChangeLevel } from '@headcount/registry-api'

/** A change as it is told: code, element, level. */
export type Told = readonly [code: string, coordinate: string, level: ChangeLevel]

/** A schema before and after a change. */
export interface Pair {
  /** What was done. */
  readonly title: string
  readonly before: string
  readonly after: string
  /** What comparing the two tells. */
  readonly told: readonly Told[]
  /** What a check tells of the API, where composition makes something else of it, or nothing at all. */
  readonly composed?: readonly Told[] | 'not-composed'
}
