import type { CompiledStep, Program } from '../execution/program.ts'
import { RequestVariables } from '../execution/variables.ts'
import {
  type Dispatch,
  type FetchAnswer,
  type FetchVariables,
  nothingToCancel,
} from '../upstream/dispatch.ts'

/** A subscription's program: one step that is subscribed to, and others that are run for each of its events. */
export interface EventProgram {
  /** What the subgraph is subscribed to with. */
  readonly operation: CompiledStep['operation']
  variables(values: Readonly<Record<string, unknown>>): FetchVariables
  /** The program for one event: its first step has the event as its answer. */
  over(event: FetchAnswer): Program
}

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

function isGood({ data, errors }: FetchAnswer): boolean {
  return data !== null && data !== undefined && (errors === undefined || errors.length === 0)
}

/** A way that answers what was asked last from memory while its subgraph does not. */
function remembering(dispatch: Dispatch): Dispatch {
  let last: { readonly asked: string; readonly answer: FetchAnswer } | undefined
  return (fetch, whenAnswered) => {
    const asked = fetch.variables.text()
    return dispatch(fetch, (error, answer) => {
      if (answer && isGood(answer)) {
        // The answer itself is merged into a result, and changed with it.
        last = { asked, answer: structuredClone(answer) }
      } else if (last?.asked === asked) {
        return whenAnswered(undefined, structuredClone(last.answer))
      }
      whenAnswered(error, answer)
    })
  }
}

/**
 * The program with other subgraphs' last good values in place of those that fail now: their fields were right a moment
 * ago, and the state that they belong to goes on.
 */
export function withLastGood(program: Program): Program {
  return {
    ...program,
    steps: program.steps.map((step) =>
      step.operation.kind === 'query' ? { ...step, dispatch: remembering(step.dispatch) } : step,
    ),
  }
}
