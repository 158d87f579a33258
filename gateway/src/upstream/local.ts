import type { LocalPlacement, SubgraphAnswer } from '../options.ts'
import { withDeadline } from './deadline.ts'
import type { Answered, Call, Dispatch, Fetch } from './dispatch.ts'
import { unavailable } from './unavailable.ts'

class LocalCall implements Call {
  private controller: AbortController | undefined
  private readonly answered: Answered
  private reason: Error | undefined
  private isOver = false

  constructor(answered: Answered) {
    this.answered = answered
  }

  /** Made only for a subgraph that looks at it. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController()
      if (this.reason) this.controller.abort(this.reason)
    }
    return this.controller.signal
  }

  cancel(reason: Error): void {
    if (this.isOver) return
    this.reason = reason
    this.controller?.abort(reason)
    this.end(reason, undefined)
  }

  end(error: Error | undefined, answer: SubgraphAnswer | undefined): void {
    if (this.isOver) return
    this.isOver = true
    if (answer) this.answered(undefined, { data: answer.data, errors: answer.errors, text: undefined })
    else this.answered(error, undefined)
  }

  fail(error: unknown): void {
    this.end(error instanceof Error ? error : new Error(String(error)), undefined)
  }
}

function isAnswer(answer: unknown): answer is SubgraphAnswer {
  return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)
}

/** Calls a subgraph of the same process. */
function callDirectly({ execute }: LocalPlacement): Dispatch {
  return ({ operation, variables, context }: Fetch, answered) => {
    const call = new LocalCall(answered)
    const { viewer, requestId, traceparent } = context
    try {
      const answering = execute({
        query: operation.document,
        variables: variables.object(),
        operationName: operation.name,
        viewer,
        requestId,
        traceparent,
        get signal() {
          return call.signal
        },
      })
      answering.then(
        (answer) => {
          if (isAnswer(answer)) call.end(undefined, answer)
          else call.fail(new Error('not a GraphQL response'))
        },
        (error: unknown) => call.fail(error),
      )
    } catch (error) {
      call.fail(error)
    }
    return call
  }
}

/**
 * Fetches from a subgraph of the same process: no HTTP, no JSON, and nothing that is there for the network's sake.
 * Identical fetches are not made one: their answer is an object, which each execution writes into.
 */
export function localDispatch(placement: LocalPlacement, timeoutMs: number): Dispatch {
  const timed = withDeadline(timeoutMs, callDirectly(placement))
  return (fetch, answered) =>
    timed(fetch, (error, answer) => answered(answer ? undefined : unavailable(error), answer))
}
