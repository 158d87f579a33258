import type { OperationRun, Parts, Step } from './exchange.ts'

/** A step, and why it stands where it stands. */
export interface Stage<T extends OperationRun> {
  readonly step: Step<T>
  readonly reason: string
}

/**
 * Runs stages one after another, until one of them has answered. Hot path: a step that answers no promise is not
 * awaited, so that a request whose parts are all at hand runs through in one go.
 */
export function runStages<T extends OperationRun & { isAnswered?: boolean }>(
  stages: readonly Stage<T>[],
  run: T,
  parts: Parts,
  from = 0,
): Promise<void> | undefined {
  for (let at = from; at < stages.length; at += 1) {
    const wait = stages[at]?.step(run, parts)
    if (wait) return wait.then(() => (run.isAnswered ? undefined : runStages(stages, run, parts, at + 1)))
    if (run.isAnswered) return undefined
  }
  return undefined
}
