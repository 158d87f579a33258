import type { CompiledStep, Program } from '../execution/program.ts'
import { RequestVariables } from '../execution/variables.ts'
import type { Call, FetchAnswer, FetchVariables } from '../upstream/dispatch.ts'

/** A subscription's program: one step that is subscribed to, and others that are run for each of its events. */
export interface EventProgram {
  /** What the subgraph is subscribed to with. */
  readonly operation: CompiledStep['operation']
  variables(values: Readonly<Record<string, unknown>>): FetchVariables
  /** The program for one event: its first step has the event as its answer. */
  over(event: FetchAnswer): Program
}

const nothingToCancel: Call = { cancel() {} }

/** Takes a subscription's program apart; undefined when it subscribes to nothing. */
export function eventProgram(program: Program): EventProgram | undefined {
  const at = program.steps.findIndex(({ operation }) => operation.kind === 'subscription')
  const subscribed = program.steps[at]
  if (!subscribed) return undefined
  return {
    operation: subscribed.operation,
    variables: (values) => new RequestVariables({ values, names: subscribed.variables }, [], []),
    over(event) {
      const answered: CompiledStep = {
        ...subscribed,
        dispatch(_fetch, whenAnswered) {
          whenAnswered(undefined, event)
          return nothingToCancel
        },
      }
      return { ...program, steps: program.steps.with(at, answered) }
    },
  }
}
