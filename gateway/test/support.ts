import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { readSignedViewer, type Viewer, viewerHeader } from '@headcount/access'
import { type DocumentNode, execute, parse } from 'graphql'
import { createYoga } from 'graphql-yoga'
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose'
import { pino } from 'pino'
import type { Gateway, GatewayOptions, Placement, SubgraphRequest } from '../src/index.ts'
import { createGateway } from '../src/index.ts'

/** What a subgraph's resolvers get. */
export interface Context {
  readonly viewer: Viewer | undefined
  readonly requestId: string | undefined
}

/** A subgraph of a test: its SDL, its resolvers, and what it was asked. */
export interface TestSubgraph {
  readonly name: string
  readonly typeDefs: DocumentNode
  readonly resolvers: unknown
  readonly asked: SubgraphRequest['query'][]
}

const viewerSecret = 'test-secret-'.repeat(4)

export function subgraph(name: string, sdl: string, resolvers: unknown): TestSubgraph {
  return { name, typeDefs: parse(sdl), resolvers, asked: [] }
}

export function compose(subgraphs: readonly TestSubgraph[]): string {
  const services = subgraphs.map(({ name, typeDefs }) => ({
    name,
    typeDefs,
    url: `http://${name}.invalid/graphql`,
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'))
  return supergraphSdl
}

function schemaOf({ typeDefs, resolvers }: TestSubgraph) {
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap<unknown> }])
}

/** In the gateway's process. */
export function placeInProcess(part: TestSubgraph): Placement {
  const schema = schemaOf(part)
  return {
    async execute({ query, variables, operationName, viewer, requestId }) {
      part.asked.push(query)
      const result = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        operationName,
        contextValue: { viewer, requestId } satisfies Context,
      })
      return { data: result.data, errors: result.errors }
    },
  }
}

/** Across the network, behind Yoga. */
async function placeAcrossNetwork(part: TestSubgraph, closers: (() => Promise<void>)[]): Promise<Placement> {
  const yoga = createYoga({
    schema: schemaOf(part),
    logging: false,
    maskedErrors: false,
    context: ({ request, params }): Context => {
      part.asked.push(params.query ?? '')
      const viewer = readSignedViewer(request.headers.get(viewerHeader), viewerSecret)
      if (viewer === undefined) throw new Error('unsigned')
      return {
        viewer: viewer === 'nobody' ? undefined : viewer,
        requestId: request.headers.get('x-request-id') ?? undefined,
      }
    },
  })
  const server = createServer(yoga)
  const url = `${await listen(server, closers)}/graphql`
  return { url }
}

async function listen(server: Server, closers: (() => Promise<void>)[]): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const issuer = 'headcount'

/** Keys of a test's auth, and tokens that they sign. */
export async function createTokens() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const keySet: JSONWebKeySet = {
    keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA', use: 'sig' }],
  }
  const sign = (claims: Record<string, unknown>, options: { expiresInMs?: number; audience?: string } = {}) =>
    new SignJWT({ org: 'org_1', kind: 'user', scope: '', sid: 'ses_1', ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
      .setSubject(String(claims.sub ?? 'usr_1'))
      .setIssuer(issuer)
      .setAudience(options.audience ?? 'headcount')
      .setExpirationTime(Math.ceil((Date.now() + (options.expiresInMs ?? 60_000)) / 1000))
      .sign(privateKey)
  return { keySet, sign, withScopes: (scope: string) => sign({ scope }) }
}

export type Tokens = Awaited<ReturnType<typeof createTokens>>

/** A gateway behind its real HTTP door. */
export interface Served {
  readonly gateway: Gateway
  readonly url: string
  readonly log: Record<string, unknown>[]
  post(
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: Answer }>
  close(): Promise<void>
}

/** Any GraphQL answer; tests look into it freely. */
export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: { readonly code: string } & Record<string, unknown>
  }[]
}

export async function serve(
  parts: readonly TestSubgraph[],
  placement: 'in-process' | 'network',
  options: Partial<GatewayOptions> & { tokens?: Tokens; moved?: Record<string, Placement> } = {},
): Promise<Served> {
  const closers: (() => Promise<void>)[] = []
  const subgraphs: Record<string, Placement> = {}
  for (const part of parts) {
    subgraphs[part.name] =
      placement === 'in-process' ? placeInProcess(part) : await placeAcrossNetwork(part, closers)
  }
  const log: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void log.push(JSON.parse(line)) }
  const { tokens, moved, supergraph, ...rest } = options
  const gateway = await createGateway({
    supergraph: supergraph ?? { sdl: compose(parts) },
    subgraphs: { ...subgraphs, ...moved },
    viewerSecret,
    log: pino({ level: 'debug' }, stream),
    ...(tokens ? { authentication: { keys: async () => tokens.keySet, issuer, audience: 'headcount' } } : {}),
    ...rest,
  })
  const server = createServer((request, response) => void gateway.handle(request, response))
  server.on('upgrade', gateway.upgrade)
  const url = `${await listen(server, closers)}/graphql`
  return {
    gateway,
    url,
    log,
    async post(body, headers = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer }
    },
    async close() {
      await gateway.close()
      for (const close of closers) await close()
    },
  }
}
