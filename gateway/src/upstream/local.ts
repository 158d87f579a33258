import { fail } from '@headcount/errors'
import type { LocalPlacement, SubgraphAnswer } from '../options.ts'
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
    else this.answered(unavailable(error), undefined)
  }
}

function isAnswer(answer: unknown): answer is SubgraphAnswer {
  return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)
}

/** Fetches from a subgraph of the same process: no HTTP, no JSON. */
export function localDispatch({ execute }: LocalPlacement): Dispatch {
  return ({ operation, variables, context }: Fetch, answered) => {
    const call = new LocalCall(answered)
    const { viewer, requestId, traceparent } = context
    const request = {
      query: operation.document,
      variables: variables.object(),
      operationName: operation.name,
      viewer,
      requestId,
      traceparent,
      get signal() {
        return call.signal
      },
    }
    execute(request).then(
      (answer) => {
        if (isAnswer(answer)) call.end(undefined, answer)
        else call.end(fail('SUBGRAPH_UNAVAILABLE', 'not a GraphQL response'), undefined)
      },
      (error: unknown) => call.end(error instanceof Error ? error : new Error(String(error)), undefined),
    )
    return call
  }
}
