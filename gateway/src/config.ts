import {
  boolean,
  choice,
  integer,
  list,
  optional,
  readConfig,
  type Settings,
  secret,
  text,
  url,
} from '@headcount/config'
import { redisPubSub, redisUrl } from '@headcount/live/settings'
import { origins } from './configuration/origins.ts'
import type { Placement } from './options.ts'

/** The settings of a gateway in a process of its own. */
export const gatewaySettings = {
  host: text('HOST', { fallback: '127.0.0.1', doc: 'Address to listen at.' }),
  port: integer('PORT', {
    minimum: 0,
    maximum: 65_535,
    fallback: 4000,
    doc: 'TCP port to listen at; 0 takes a free one.',
  }),
  logLevel: choice('LOG_LEVEL', {
    values: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    fallback: 'info',
    doc: 'Least level that is logged; debug shows one line a request.',
  }),
  supergraphFile: text('HEADCOUNT_SUPERGRAPH', {
    doc: 'File with the supergraph SDL; watched, and swapped when it changes.',
  }),
  subgraphUrls: list('HEADCOUNT_SUBGRAPH_URLS', {
    fallback: [],
    doc: 'name=address of each subgraph; one that is left out runs at its address in the supergraph.',
  }),
  jwksUrl: optional(
    url('HEADCOUNT_JWKS_URL', {
      schemes: ['http', 'https'],
      doc: 'Where the keys of access tokens are published; unset = every token is refused.',
    }),
  ),
  keysFile: optional(
    text('HEADCOUNT_KEYS_FILE', { doc: 'Where the last keys are kept, for a start while auth is down.' }),
  ),
  tokenIssuer: text('HEADCOUNT_TOKEN_ISSUER', {
    fallback: 'headcount',
    doc: '`iss` that a token must have.',
  }),
  tokenAudience: text('HEADCOUNT_TOKEN_AUDIENCE', {
    fallback: 'headcount',
    doc: '`aud` that a token must have.',
  }),
  viewerSecret: optional(
    secret('HEADCOUNT_VIEWER_SECRET', {
      doc: 'Signs the viewer for subgraphs across the network; the same in all of them. Unset = no viewer is sent.',
    }),
  ),
  redisUrl: optional(
    redisUrl('Live messages and shared persisted documents; unset = subscriptions are refused.'),
  ),
  redisPubSub,
  corsOrigins: origins('HEADCOUNT_CORS_ORIGINS', {
    fallback: [],
    doc: 'Origins of browser pages on other sites that may call, exactly as browsers send them.',
  }),
  introspection: boolean('HEADCOUNT_INTROSPECTION', {
    fallback: false,
    doc: 'Whether the schema may be asked for, and GraphiQL is served.',
  }),
  drainTimeoutMs: integer('HEADCOUNT_DRAIN_TIMEOUT_MS', {
    minimum: 0,
    maximum: 600_000,
    fallback: 10_000,
    doc: 'How long requests under way may take when the process is told to stop, in milliseconds.',
  }),
}

/** What `main.ts` runs on. */
export type GatewaySettings = Settings<typeof gatewaySettings>

/** The settings of this process. @throws ConfigError with all problems */
export function readGatewaySettings(): GatewaySettings {
  return readConfig(gatewaySettings, process.env)
}

/** Placements from `name=address` words. @throws Error that names the word that is none */
export function placementsOf(words: readonly string[]): Record<string, Placement> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=')
      const address = word.slice(at + 1)
      if (at < 1 || !/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '')) {
        throw new Error(`HEADCOUNT_SUBGRAPH_URLS has ${JSON.stringify(word)}; it takes name=http://… words.`)
      }
      return [word.slice(0, at), { url: address }]
    }),
  )
}
