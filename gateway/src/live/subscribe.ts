// Until the transports are sinks themselves.
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Parts } from '../exchange.ts'
import { MaskedError } from '../execution/mask.ts'
import type { LiveResult } from './live-result.ts'
import type { LiveText } from './live-text.ts'
import { type OpenOptions, openSubscription } from './open-subscription.ts'
export async function subscribe(options: Omit<OpenOptions, 'sink'>, parts: Parts) {
  const queue: LiveText[] = []
  let wake: (() => void) | undefined
  let over: { errors: readonly GraphQLFormattedError[] | undefined } | undefined
  const opened = await openSubscription(
    {
      ...options,
      sink: {
        get isFull() {
          return queue.length > 0
        },
        send(text) {
          queue.push(text)
          wake?.()
        },
        end(errors) {
          over = { errors }
          wake?.()
        },
      },
    },
    parts,
  )
  if ('errors' in opened) return opened
  const { subscription } = opened
  let isTold = false
  const stream: AsyncGenerator<LiveResult, undefined> = {
    async next() {
      for (;;) {
        const text = queue.shift()
        if (text) {
          subscription.drained()
          return { done: false, value: { payload: JSON.parse(text.json), seq: text.seq } }
        }
        if (over) {
          if (over.errors && !isTold) {
            isTold = true
            throw new MaskedError(over.errors[0] as GraphQLFormattedError)
          }
          return { done: true, value: undefined }
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async return() {
      subscription.stop()
      over ??= { errors: undefined }
      isTold = true
      wake?.()
      return { done: true, value: undefined }
    },
    async throw() {
      return stream.return(undefined)
    },
    [Symbol.asyncIterator]() {
      return stream
    },
    async [Symbol.asyncDispose]() {
      await stream.return(undefined)
    },
  }
  return { stream }
}
export function asGraphQLErrors(errors: readonly GraphQLFormattedError[]): GraphQLError[] {
  return errors.map((error) => new MaskedError(error))
}
