/**
 * An operation that validates has no plan: the supergraph cannot answer it, or the plan needs something that the engine
 * does not do. The message may name subgraphs: it is for the log, not for a caller.
 */
export class PlanningFailed extends Error {
  override readonly name = 'PlanningFailed'
}
