import type { OperationRun, Parts, Step } from './exchange.ts'

/** A step, why it stands where it stands, and where it is wanted at all. */
export interface Stage<T extends OperationRun> {
  readonly step: Step<T>
  readonly reason: string
  /** Whether this gateway needs it; absent = every one does. */
  readonly when?: (parts: Omit<Parts, 'steps' | 'live'>) => boolean
}

type Run = OperationRun & { readonly isAnswered?: boolean }

/** The steps that this gateway needs, in their order. Made once: what is off costs no request anything. */
export function choose<T extends OperationRun>(
  stages: readonly Stage<T>[],
  parts: Omit<Parts, 'steps' | 'live'>,
): readonly Step<T>[] {
  return stages.filter(({ when }) => when?.(parts) ?? true).map(({ step }) => step)
}

/**
 * Runs steps one after another, until one of them has answered or has brought the outcome. Hot path: a step that answers
 * no promise is not awaited, so that a request whose parts are all at hand runs through in one go.
 */
export async function runSteps<T extends Run>(
  steps: readonly Step<T>[],
  run: T,
  parts: Parts,
): Promise<void> {
  for (const step of steps) {
    const wait = step(run, parts)
    if (wait) await wait
    if (run.outcome !== undefined || run.isAnswered) return
  }
}

/** The same with a watch. */
export async function runTimedSteps<T extends Run>(
  steps: readonly Step<T>[],
  run: T,
  parts: Parts,
): Promise<void> {
  const { stageTimes } = parts.metrics
  let before = performance.now()
  for (const step of steps) {
    try {
      await step(run, parts)
    } finally {
      const now = performance.now()
      stageTimes.observe(step.name, now - before)
      before = now
    }
    if (run.outcome !== undefined || run.isAnswered) return
  }
}
