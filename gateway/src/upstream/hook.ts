import { fail } from '@headcount/errors'
import { GraphQLError } from 'graphql'
import type { ExtensionContext, ExtensionRefusal, GatewayExtension } from '../extension.ts'
import type { Answered, Call, Dispatch, Fetch } from './dispatch.ts'
import type { Send } from './message.ts'
import type { OutgoingHeaders } from './outgoing-headers.ts'
import { sendFetch } from './over-http.ts'

type OnFetch = NonNullable<GatewayExtension['onFetch']>

function isRefusal(error: unknown): error is ExtensionRefusal {
  if (typeof error !== 'object' || error === null) return false
  const { code, status, message } = error as Record<string, unknown>
  return typeof code === 'string' && typeof status === 'number' && typeof message === 'string'
}

/** What the hook threw, as the error of its fetch. */
function refusalOf(thrown: unknown, { log, requestId }: ExtensionContext): Error {
  if (isRefusal(thrown)) return new GraphQLError(thrown.message, { extensions: { code: thrown.code } })
  log.error({ err: thrown, requestId }, 'the extension’s onFetch failed')
  return fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
}

/** A fetch whose headers a hook may still be at work on. */
class HookedCall implements Call {
  private readonly answered: Answered
  private inner: Call | undefined
  private isOver = false

  constructor(answered: Answered) {
    this.answered = answered
  }

  begin(start: (answered: Answered) => Call): void {
    if (!this.isOver) this.inner = start(this.end)
  }

  readonly end: Answered = (error, answer) => {
    if (this.isOver) return
    this.isOver = true
    this.answered(error, answer)
  }

  cancel(reason: Error): void {
    if (this.isOver) return
    this.end(reason, undefined)
    this.inner?.cancel(reason)
  }
}

/** As `overHttp`, where the operator has a hook that sees and changes the headers of each fetch. */
export function overHttpWithHook(onFetch: OnFetch, headers: OutgoingHeaders, send: Send): Dispatch {
  return (fetch: Fetch, answered) => {
    const { operation, context } = fetch
    const { extension } = context
    const call = new HookedCall(answered)
    if (!extension) {
      call.end(new Error('A fetch came without the extension’s context.'), undefined)
      return call
    }
    const refuse = (thrown: unknown) => call.end(refusalOf(thrown, extension), undefined)
    const go = (record: Record<string, string>) => {
      try {
        call.begin(sendFetch(fetch, headers.ofRecord(context, record), send))
      } catch (error) {
        refuse(error)
      }
    }
    try {
      const record = headers.record(context)
      const seen = { subgraph: operation.subgraph, headers: record, operationName: operation.name }
      const pending = onFetch(seen, extension)
      if (pending instanceof Promise) pending.then(() => go(record), refuse)
      else go(record)
    } catch (error) {
      refuse(error)
    }
    return call
  }
}
