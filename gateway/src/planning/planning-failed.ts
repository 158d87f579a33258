/**
 * An operation that validates has no plan: the supergraph cannot answer it, or the plan needs something that the engine
 * does not do. The message may name subgraphs: it is for the log, not for a caller.
 */
export class PlanningFailed extends Error {
  /** Whether no other planner is to be asked: the ones there are would get the same thing wrong. */
  readonly isFinal: boolean

  constructor(message: string, isFinal = false) {
    super(message)
    this.name = 'PlanningFailed'
    this.isFinal = isFinal
  }
}
