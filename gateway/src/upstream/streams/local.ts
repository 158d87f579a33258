import type { LocalPlacement } from '../../options.ts'
import type { FetchAnswer } from '../dispatch.ts'
import { PulledEvents } from './pulled-events.ts'
import { answerOf } from './read-event.ts'
import { noMore, type OpenEvents } from './subgraph-events.ts'

type Subscribe = NonNullable<LocalPlacement['subscribe']>
type Subscribed = Awaited<ReturnType<Subscribe>>

async function* refusal(answer: unknown) {
  yield answerOf(answer)
}

function isIterable(subscribed: Subscribed): subscribed is Extract<Subscribed, AsyncIterable<unknown>> {
  return Symbol.asyncIterator in subscribed
}

/** Subscribes to a subgraph of the same process. */
export function localEvents(subscribe: Subscribe): OpenEvents {
  return async ({ operation, variables, context }, signal) => {
    const controller = new AbortController()
    const giveUp = () => controller.abort(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    const { viewer, requestId, traceparent } = context
    const subscribed = await subscribe({
      query: operation.document,
      variables: variables.object(),
      operationName: operation.name,
      viewer,
      requestId,
      traceparent,
      signal: controller.signal,
    })
    signal.removeEventListener('abort', giveUp)
    if (!isIterable(subscribed)) return new PulledEvents(refusal(subscribed), () => {})
    const source = subscribed[Symbol.asyncIterator]()
    // No generator: its `return` would wait for an event that may never come.
    const answers: AsyncIterator<FetchAnswer, undefined> = {
      async next() {
        const result = await source.next()
        return result.done ? noMore : { done: false, value: answerOf(result.value) }
      },
      async return() {
        await source.return?.()
        return noMore
      },
    }
    return new PulledEvents(answers, () => controller.abort())
  }
}
