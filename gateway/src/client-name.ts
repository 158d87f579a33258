import type { IncomingHttpHeaders } from 'node:http'
import type { ClientName } from '@headcount/registry-api'

/** Characters of a client's name or version that count. */
const longest = 100

function short(text: unknown): string {
  return typeof text === 'string' ? text.slice(0, longest) : ''
}

/** Many thousand connections that give no name share one. */
const nameless: ClientName = { name: '', version: '' }

/** How a client names itself in a request's headers. */
export function clientOfHeaders(headers: IncomingHttpHeaders): ClientName {
  const name = headers['apollographql-client-name'] ?? headers['graphql-client-name']
  const version = headers['apollographql-client-version'] ?? headers['graphql-client-version']
  return name || version ? { name: short(name), version: short(version) } : nameless
}

/** How it names itself in `connection_init`'s `{"client": {"name", "version"}}`; undefined = it does not. */
export function clientOfPayload(
  payload: Readonly<Record<string, unknown>> | undefined,
): ClientName | undefined {
  const client = payload?.client
  if (typeof client !== 'object' || client === null) return undefined
  const { name, version } = client as Readonly<Record<string, unknown>>
  return typeof name === 'string' ? { name: short(name), version: short(version) } : undefined
}

/** Who sends an operation, by the name that it gives itself: nothing vouches for it. */
export function clientOf(run: {
  readonly client?: ClientName | undefined
  readonly clientHeaders: IncomingHttpHeaders
}): ClientName {
  return run.client ?? clientOfHeaders(run.clientHeaders)
}
