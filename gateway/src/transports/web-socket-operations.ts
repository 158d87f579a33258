import type { IncomingHttpHeaders } from 'node:http'
import { fail } from '@headcount/errors'
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
} from 'graphql'
import type { ServerOptions } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { Cancellation } from '../cancellation.ts'
import type { OperationRun, Parameters, Parts } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import type { ExtensionContext } from '../extension.ts'
import type { LiveResult } from '../live/live-result.ts'
import { createSession, type Session } from '../live/session.ts'
import { asGraphQLErrors, subscribe } from '../live/subscribe.ts'
import { need } from '../steps/need.ts'
import { beginTask, runTask } from './run-task.ts'
import { tokenOf } from './token-of.ts'

/** What is known of one socket. */
export interface Connection {
  readonly socket: WebSocket
  /** Token of the upgrade request, from clients that can set headers. */
  readonly headerToken: string | undefined
  readonly requestId: string
  /** Headers of the request that opened it. */
  readonly clientHeaders: IncomingHttpHeaders
  /** The extension's room of that request. */
  readonly opened: ExtensionContext | undefined
  /** Cancelled when it is closed. */
  readonly closed: Cancellation
  session?: Session
}

type Init = Record<string, unknown> | undefined

interface Prepared {
  readonly connection: Connection
  readonly run: OperationRun
  readonly stream?: AsyncIterable<LiveResult>
}

/** A reason of a close frame holds 123 bytes. */
function closeWith(connection: Connection, code: number, error: unknown): void {
  const known =
    error instanceof GraphQLError ? `${error.extensions.code}: ${error.message}` : 'Internal error'
  connection.socket.close(code, known.slice(0, 120))
}

/** graphql-ws's close code for "not with this token"; its clients try again, and may bring a new one. */
const forbidden = 4403
const tryAgainLater = 1013

async function authenticate(
  connection: Connection,
  token: string | undefined,
  parts: Parts,
): Promise<boolean> {
  try {
    if (token === undefined && parts.isTokenRequired) throw fail('UNAUTHENTICATED', 'A token is needed.')
    const viewer = token === undefined ? undefined : await parts.authentication.readToken(token)
    if (!connection.session) connection.session = createSession(viewer, parts.now)
    else if (viewer) connection.session.extend(viewer)
    return true
  } catch (error) {
    const isOurs = error instanceof GraphQLError && error.extensions.code === 'NOT_READY'
    closeWith(connection, isOurs ? tryAgainLater : forbidden, error)
    return false
  }
}

function parametersOf(payload: { query: string } & Record<string, unknown>): Parameters {
  // The protocol's parser wants a query; a client that names a hash sends an empty one.
  const { query, ...rest } = payload
  return query === '' ? rest : { query, ...rest }
}

async function prepare(
  connection: Connection,
  parameters: Parameters,
  parts: Parts,
): Promise<Prepared | GraphQLError[]> {
  const session = need(connection.session)
  let viewer: OperationRun['viewer']
  try {
    viewer = session.viewer()
  } catch (error) {
    return [error as GraphQLError]
  }
  const cancellation = new Cancellation()
  const { clientHeaders, opened } = connection
  const found = await beginTask({ parameters, viewer, cancellation, clientHeaders, opened }, parts)
  if ('errors' in found) return asGraphQLErrors(found.errors)
  const { run } = found
  if (run.operation?.kind !== 'subscription') return { connection, run }
  const subscribed = await untilClosed(connection, run, () => subscribe({ run, session }, parts))
  return 'errors' in subscribed
    ? asGraphQLErrors(subscribed.errors)
    : { connection, run, stream: subscribed.stream }
}

/** Does something for a run, which is cancelled when the socket closes before it is done. */
async function untilClosed<T>(connection: Connection, run: OperationRun, work: () => Promise<T>): Promise<T> {
  const onClose = (reason: Error) => run.cancellation.cancel(reason)
  connection.closed.add(onClose)
  try {
    return await work()
  } finally {
    connection.closed.remove(onClose)
  }
}

/** How graphql-ws's protocol is served: find and begin in `onSubscribe`, since only there can a refusal be an Error message. */
export function webSocketOptions(parts: Parts): ServerOptions<Init, Connection> {
  const { limits, log } = parts
  const preparedOf = (args: ExecutionArgs) => args.contextValue as Prepared
  return {
    connectionInitWaitTimeout: 5_000,
    onConnect: (ctx) =>
      authenticate(ctx.extra, tokenOf(ctx.connectionParams) ?? ctx.extra.headerToken, parts),
    async onPing(ctx, payload) {
      const token = tokenOf(payload)
      if (token !== undefined && ctx.acknowledged) await authenticate(ctx.extra, token, parts)
    },
    async onSubscribe(ctx, _id, payload) {
      if (Object.keys(ctx.subscriptions).length > limits.operationsPerConnection) {
        return [
          fail('OVERLOADED', `A connection takes ${limits.operationsPerConnection} operations at once.`),
        ]
      }
      const prepared = await prepare(ctx.extra, parametersOf({ ...payload }), parts)
      if (Array.isArray(prepared)) return prepared
      const { generation, operation } = prepared.run
      const { schema } = need(generation)
      return { schema, document: need(operation).document, contextValue: prepared }
    },
    execute(args) {
      const { connection, run } = preparedOf(args)
      return untilClosed(connection, run, () => runTask(run, parts)) as Promise<ExecutionResult>
    },
    subscribe: (args) => need(preparedOf(args).stream) as unknown as AsyncIterable<ExecutionResult>,
    onNext: (...call) => payloadOf(call[4]),
    onError: (...call) => {
      const [{ extra }, , , errors] = call
      return errors.map((error) => maskError(error, { requestId: extra.requestId, log }))
    },
  }
}

/** A subscription's results come in an envelope, a query's as they are. */
function payloadOf(result: object): FormattedExecutionResult {
  return 'payload' in result ? (result as LiveResult).payload : (result as FormattedExecutionResult)
}
