import type { ServerResponse } from 'node:http'
import { isUnreachable } from '@headcount/database'
import { registryProblems } from '@headcount/registry-api'
import { RegistryProblem, type Reply } from '../endpoint.ts'

/** Ends a statement that took too long: the database is there, and overloaded. */
const queryCanceled = '57014'

/** Writes an answer; of HEAD its headers alone. */
export function sendReply(res: ServerResponse, reply: Reply, isHead: boolean): void {
  const { status = 200, headers = {}, json, text } = reply
  const body = json === undefined ? text : JSON.stringify(json)
  const type =
    json === undefined ? (reply.type ?? 'text/plain; charset=utf-8') : 'application/json; charset=utf-8'
  res.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
  })
  res.end(isHead ? undefined : body)
}

/** What a failure is to the caller: nothing of our insides. */
export function problemOf(error: unknown): RegistryProblem | undefined {
  if (error instanceof RegistryProblem) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (!isUnreachable(error) && code !== queryCanceled) return undefined
  return new RegistryProblem(
    'UNAVAILABLE',
    'The registry does not reach its database; what is live is served on. Try again in a moment.',
  )
}

/** A problem as an answer. */
export function problemReply({ code, message }: RegistryProblem): Reply {
  const headers: Record<string, string> = {}
  if (code === 'UNAUTHENTICATED') headers['www-authenticate'] = 'Bearer realm="headcount registry"'
  if (code === 'UNAVAILABLE') headers['retry-after'] = '1'
  return { status: registryProblems[code], headers, json: { error: { code, message } } }
}
