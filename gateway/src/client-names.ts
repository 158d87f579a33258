import type { IncomingHttpHeaders } from 'node:http'
import { type ClientName, reportBounds } from '@headcount/registry-api'

/** Headers that clients name themselves by, the first that is there counts. */
export interface ClientHeaders {
  /** Headers with the name; default `apollographql-client-name`, `graphql-client-name`. */
  readonly name?: readonly string[] | undefined
  /** Headers with the version; default `apollographql-client-version`, `graphql-client-version`. */
  readonly version?: readonly string[] | undefined
}

/** What Apollo's clients send, and what all others do. */
export const defaultClientHeaders = {
  name: ['apollographql-client-name', 'graphql-client-name'],
  version: ['apollographql-client-version', 'graphql-client-version'],
} as const

/** Who does not say who it is. */
export const nobody: ClientName = { name: '', version: '' }

/** Clients that are remembered. Each of their names is cut and cleaned once, and counted by identity. */
const keptClients = 1_000

function lower(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase())
}

function first(headers: IncomingHttpHeaders, names: readonly string[]): string {
  for (const name of names) {
    const value = headers[name]
    if (typeof value === 'string') return value
  }
  return ''
}

/** As much of a text as a report and a line of the log have, without what it was cut from: that may be a megabyte. */
function cut(text: string): string {
  if (text.length <= reportBounds.nameCharacters) return text
  return Buffer.from(text.slice(0, reportBounds.nameCharacters)).toString()
}

/** Without control characters, which databases refuse. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
}

/** Knows clients by the names that they send. The same name and version are the same object, while few enough are known. */
export class ClientNames {
  private readonly nameHeaders: readonly string[]
  private readonly versionHeaders: readonly string[]
  private readonly known = new Map<string, Map<string, ClientName>>()
  private size = 0

  constructor(headers: ClientHeaders = {}) {
    this.nameHeaders = lower(headers.name ?? defaultClientHeaders.name)
    this.versionHeaders = lower(headers.version ?? defaultClientHeaders.version)
  }

  /** All headers that name a client, in lower case. */
  get headers(): readonly string[] {
    return [...this.nameHeaders, ...this.versionHeaders]
  }

  /** The client that sends these headers. Hot path: once a request. */
  of(headers: IncomingHttpHeaders): ClientName {
    return this.find(cut(first(headers, this.nameHeaders)), cut(first(headers, this.versionHeaders)))
  }

  /** Who sends an operation, by the name that it gives itself: nothing vouches for it. */
  ofRun(run: {
    readonly client?: ClientName | undefined
    readonly clientHeaders: IncomingHttpHeaders
  }): ClientName {
    return run.client ?? this.of(run.clientHeaders)
  }

  /** The client that a payload of `connection_init` names: `{client: {name, version}}`; undefined = it names none. */
  ofPayload(payload: Readonly<Record<string, unknown>> | undefined): ClientName | undefined {
    const client = payload?.client
    if (typeof client !== 'object' || client === null) return undefined
    const { name, version } = client as Readonly<Record<string, unknown>>
    if (typeof name !== 'string' || name === '') return undefined
    return this.find(cut(name), typeof version === 'string' ? cut(version) : '')
  }

  private find(name: string, version: string): ClientName {
    if (name === '' && version === '') return nobody
    return this.known.get(name)?.get(version) ?? this.add(name, version)
  }

  private add(name: string, version: string): ClientName {
    if (this.size >= keptClients) {
      this.known.clear()
      this.size = 0
    }
    const client = { name: clean(name), version: clean(version) }
    const versions = this.known.get(name) ?? new Map<string, ClientName>()
    this.known.set(name, versions.set(version, client))
    this.size += 1
    return client
  }
}
