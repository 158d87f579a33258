import { satisfies } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { FormattedExecutionResult } from 'graphql'
import type { Cancellation } from '../cancellation.ts'
import type { OperationRun, Parts } from '../exchange.ts'
import { type Executed, Execution } from '../execution/execution.ts'
import { maskError } from '../execution/mask.ts'
import type { Program } from '../execution/program.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { need } from '../steps/need.ts'
import type { FetchAnswer } from '../upstream/dispatch.ts'
import type { EventProgram } from './event-program.ts'
import type { Rights, RightsNow } from './rights.ts'

/** What a viewer lacks of what an operation needs. */
export function lacked({ access }: KnownOperation, { viewer, held }: Rights): string {
  const missing = access.needs.filter((one) => !satisfies(viewer, one.requirement, held))
  return missing.map(({ coordinate }) => coordinate).join()
}

/** The subscription of one subscriber, and who that is. */
export interface EventSubscriber {
  readonly run: OperationRun
  readonly program: EventProgram
  readonly rights: RightsNow
  /** What the viewer lacked when its program was made. */
  readonly lacked: string
  /** The operation as the schema that serves now has it. */
  current(): KnownOperation
}

/** @throws GraphQLError when the token has ended, or the program would show more or less than the viewer may see now */
async function currentRights({ rights, lacked: before, current }: EventSubscriber): Promise<Rights> {
  const operation = current()
  const found = await rights(operation)
  if (lacked(operation, found) !== before) {
    throw fail('NOT_READY', 'What you may see of this subscription has changed: subscribe again.')
  }
  return found
}

function execute(
  program: Program,
  reader: EventSubscriber,
  how: { rights: Rights; cancellation: Cancellation },
) {
  const { requestId, traceparent, clientHeaders: headers, extension, variables } = reader.run
  const { viewer } = how.rights
  const context = { requestId, traceparent, viewer, headers, extension }
  return new Promise<Executed>((resolve, reject) => {
    const input = { variables: need(variables), context, data: {} }
    const execution = new Execution(program, input, resolve)
    how.cancellation.add((reason) => {
      execution.cancel(reason)
      reject(reason)
    })
    if (!how.cancellation.reason) execution.start()
  })
}

/**
 * Makes a subscriber's result of an event: completes it from the other subgraphs, cuts it to what was selected and may
 * be seen, masks its errors.
 */
export async function runEvent(
  event: FetchAnswer,
  reader: EventSubscriber,
  around: { readonly parts: Parts; readonly cancellation: Cancellation },
): Promise<FormattedExecutionResult> {
  const { cancellation } = around
  const { log, limits, passesSubgraphErrors } = around.parts
  const { requestId } = reader.run
  const rights = await currentRights(reader)
  const late = fail('DEADLINE_EXCEEDED', `An event took longer than ${limits.requestMs} ms to complete.`)
  const timer = setTimeout(() => cancellation.cancel(late), limits.requestMs)
  try {
    const executed = await execute(reader.program.over(event), reader, { rights, cancellation })
    const errors = executed.errors.map((error) => maskError(error, { requestId, log, passesSubgraphErrors }))
    // A result without data is a refusal, or a request that failed as a whole.
    const data = event.data === undefined ? {} : { data: executed.data }
    return { ...(errors.length > 0 ? { errors } : {}), ...data }
  } catch (error) {
    if (error !== late) throw error
    // The event is told of all the same: it happened.
    return { errors: [maskError(late, { requestId, log })], data: null }
  } finally {
    clearTimeout(timer)
  }
}
