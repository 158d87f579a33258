import type { Server } from 'node:http'
import { join } from 'node:path'
import { type Database, openDatabase } from '@headcount/database'
import { createTestDatabase, type TestDatabase } from '@headcount/database/testing'
import type { PublishAnswer } from '@headcount/registry-api'
import { pino } from 'pino'
import type { RegistryOptions } from '../../src/server/options.ts'
import { createRegistry, type Registry } from '../../src/server/registry.ts'
import { adminToken, serveRegistry } from './serve-registry.ts'

export const prismaDirectory = join(import.meta.dirname, '../../prisma')
export const admin = { name: 'test', scopes: ['registry:admin'] }

/** An answer over HTTP, read to its end. */
export interface Answered<Body = unknown> {
  status: number
  headers: Headers
  text: string
  json: Body
}

export interface CallOptions {
  body?: unknown
  token?: string | undefined
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A registry over a database and HTTP of its own. */
export interface TestRegistry {
  registry: Registry
  database: Database
  testDatabase: TestDatabase
  url: string
  server: Server
  call<Body = unknown>(method: string, path: string, options?: CallOptions): Promise<Answered<Body>>
  publish(...subgraphs: { name: string; sdl: string; url?: string }[]): Promise<Answered<PublishAnswer>>
  stop(): Promise<void>
}

export async function startRegistry(
  options: Partial<RegistryOptions> & { testDatabase?: TestDatabase } = {},
): Promise<TestRegistry> {
  const testDatabase = options.testDatabase ?? (await createTestDatabase(prismaDirectory))
  const database = openDatabase({ url: testDatabase.url })
  const registry = await createRegistry({
    database: testDatabase.url,
    log: pino({ level: 'silent' }),
    adminToken,
    ...options,
  })
  const { server, url } = await serveRegistry(registry)
  const call = <Body>(method: string, path: string, asked?: CallOptions) =>
    ask<Body>(`${url}${path}`, method, asked)
  return {
    registry,
    database,
    testDatabase,
    url,
    server,
    call,
    publish: (...subgraphs) =>
      call<PublishAnswer>('POST', '/versions', {
        body: { subgraphs: subgraphs.map((one) => ({ url: `http://${one.name}.invalid/graphql`, ...one })) },
      }),
    async stop() {
      registry.drain()
      server.closeAllConnections()
      server.close()
      await registry.stop()
      await database.close()
      if (!options.testDatabase) await testDatabase.drop()
    },
  }
}

export async function ask<Body>(
  url: string,
  method: string,
  { body, token = adminToken, headers = {}, signal }: CallOptions = {},
): Promise<Answered<Body>> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : undefined }
}

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@inaccessible"])`

/** The schema text of a subgraph, with the directives of federation. */
export function sdl(text: string): string {
  return `${federation}\n${text}\n`
}

export const events = sdl(`
type Query { event(id: ID!): Event }
type Event @key(fields: "id") { id: ID! name: String! }`)

export const gates = sdl('type Event @key(fields: "id") { id: ID! inside: Int! }')

/** A subgraph that fits to any other. */
export function small(name: string, fields = 'a: Int'): { name: string; sdl: string } {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`
  return { name, sdl: sdl(`type Query { ${name}: ${type} }\ntype ${type} { ${fields} }`) }
}
