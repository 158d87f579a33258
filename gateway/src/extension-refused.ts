import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { type Cancellation, untilCancelled } from './cancellation.ts'
import type { ExtensionContext, ExtensionRefusal } from './extension.ts'

/** What a hook has refused: its code and message reach the client whatever they are. */
export class ExtensionRefused extends GraphQLError {
  readonly status: number
  constructor({ code, status, message }: ExtensionRefusal) {
    super(message, { extensions: { code } })
    this.status = status
  }
}

function isRefusal(thrown: unknown): thrown is ExtensionRefusal {
  if (typeof thrown !== 'object' || thrown === null) return false
  const { code, status, message } = thrown as Partial<ExtensionRefusal>
  const isStatus = Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599
  return typeof code === 'string' && typeof message === 'string' && isStatus
}

function refused(thrown: unknown): Error {
  if (isRefusal(thrown)) return new ExtensionRefused(thrown)
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/**
 * Calls a hook; what it throws is a refusal, or a fault of the extension that the log has and the client has not. One that
 * takes longer than the request may is not waited for.
 */
export function callHook<T>(hook: () => T | Promise<T>, cancellation?: Cancellation): T | Promise<T> {
  let answer: T | Promise<T>
  try {
    answer = hook()
  } catch (thrown) {
    throw refused(thrown)
  }
  if (!(answer instanceof Promise)) return answer
  const told = answer.catch((thrown: unknown) => {
    throw refused(thrown)
  })
  return cancellation ? untilCancelled(told, cancellation) : told
}

/** The room of an extension for one request; an operation on a connection begins with what was put there as it opened. */
export function contextOf(
  requestId: string,
  log: Logger,
  opened: ExtensionContext | undefined = undefined,
): ExtensionContext {
  return { requestId, log, state: { ...opened?.state } }
}
