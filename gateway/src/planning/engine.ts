import type { FetchedPart } from './fetched-part.ts'
import type { PlanNode } from './plan.ts'

/** Which parts of a supergraph that is being moved between subgraphs (`@override(label:)`) are moved for a request. */
export interface OverrideChoice {
  /** Labels that are on. */
  readonly overrideLabels: readonly string[]
  /** From 0 to 100: `percent(N)` is on where N is above it. */
  readonly overridePercentage: number
}

/** A planner of another project, as its thread or process drives it. */
export interface Engine {
  /** @throws Error when no plan answers it, or `signal` ended it */
  plan(part: FetchedPart, choice: OverrideChoice, signal: AbortSignal): Promise<PlanNode | undefined>
}

export type EngineName = 'hive' | 'apollo'
