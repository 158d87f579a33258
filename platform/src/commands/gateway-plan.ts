import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Settings } from '@headcount/config'
import type {
  GatewayOptions,
  ManifestFile,
  RegistrySource,
  SupergraphSource,
  TrustedDocumentsOptions,
} from '@headcount/gateway'
import type { LoadedConfiguration } from '@headcount/gateway/configuration'
import type { PubSub } from '@headcount/live/settings'
import { localToken } from '@headcount/registry/local-token'
import type { platformSettings } from '../config.ts'
import { readOptions, readPort, readWorkers, UsageError } from './command.ts'

const flagOptions = {
  supergraph: { type: 'string' },
  subgraphs: { type: 'string' },
  registry: { type: 'string' },
  documents: { type: 'string' },
  locked: { type: 'boolean', default: false },
  config: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  workers: { type: 'string' },
  introspection: { type: 'boolean', default: false },
  jwks: { type: 'string' },
  issuer: { type: 'string' },
  audience: { type: 'string' },
  'check-config': { type: 'boolean', default: false },
  'config-reference': { type: 'boolean', default: false },
} as const

/** What stands on the command line. @throws UsageError */
export function readGatewayFlags(argv: readonly string[]) {
  return readOptions(argv, flagOptions)
}

/** What a gateway is started with. */
export interface GatewayPlan {
  readonly options: Omit<GatewayOptions, 'log' | 'topics'>
  readonly listen: {
    readonly host: string
    readonly port: number
    readonly path: string
    readonly drainTimeoutMs: number
    readonly keepAliveTimeoutMs: number
  }
  /** Processes; undefined = one a core. */
  readonly workers: number | undefined
  readonly logLevel: string
  /** Where live messages come from. */
  readonly redisUrl: string | undefined
  /** How they travel. */
  readonly redisPubSub: PubSub
  /** Where a registry says what is live now. */
  readonly natsUrl: string | undefined
}

const home = fileURLToPath(new URL('../../../', import.meta.url))

type Flags = ReturnType<typeof readGatewayFlags>

interface Sources {
  readonly flags: Flags
  readonly settings: Settings<typeof platformSettings>
  readonly configuration: LoadedConfiguration
  /** Paths on the command line start here. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

function address(flag: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new UsageError(`${flag} has ${JSON.stringify(text)}; it takes an address http://… or https://….`)
}

function subgraphUrls(words: string): Record<string, string> {
  const pairs = words.split(',').map((word) => {
    const at = word.indexOf('=')
    if (at < 1) throw new UsageError(`--subgraphs has ${JSON.stringify(word)}; it takes NAME=URL,NAME=URL.`)
    return [word.slice(0, at).trim(), address('--subgraphs', word.slice(at + 1).trim())] as const
  })
  return Object.fromEntries(pairs)
}

/** A registry with the token that the environment or this machine's platform has for it, where the file has none. */
function withToken(registry: RegistrySource, { environment, folder }: Sources): SupergraphSource {
  const named = registry.token ?? (environment.HEADCOUNT_REGISTRY_TOKEN || undefined)
  const token = named ?? localToken(registry.url, { folder, home })
  return { registry: { ...registry, ...(token === undefined ? {} : { token }) } }
}

function supergraphOf(sources: Sources): SupergraphSource {
  const { flags, configuration, folder } = sources
  const { supergraph, subgraphs, registry } = flags
  const given = Object.entries({ supergraph, subgraphs, registry }).filter(([, value]) => value !== undefined)
  if (given.length > 1) {
    const names = given.map(([name]) => `--${name}`).join(' and ')
    throw new UsageError(`There are ${names}; a gateway serves what one of them says.`)
  }
  if (supergraph !== undefined) {
    const file = resolve(folder, supergraph)
    if (!existsSync(file)) throw new UsageError(`--supergraph is ${file}; there is no such file.`)
    return { file }
  }
  // A flag takes the place of an address; how it is asked stays as the file says.
  const { pollIntervalMs, registry: asked } = configuration.asking
  if (subgraphs !== undefined) return { subgraphs: subgraphUrls(subgraphs), pollIntervalMs }
  if (registry !== undefined) return withToken({ ...asked, url: address('--registry', registry) }, sources)
  const { supergraph: inFile } = configuration
  if (inFile) return 'registry' in inFile ? withToken(inFile.registry, sources) : inFile
  throw new UsageError(
    'gateway needs --supergraph FILE, --subgraphs NAME=URL,… or --registry URL, or a `supergraph` in --config FILE; see --help.',
  )
}

/** Manifests of the command line, which belong to no client in particular. */
function manifestsOf({ flags, folder }: Sources): readonly ManifestFile[] | undefined {
  return flags.documents?.split(',').map((word) => {
    const path = resolve(folder, word.trim())
    if (word.trim() !== '' && existsSync(path)) return { path }
    throw new UsageError(
      `--documents has ${JSON.stringify(word)}; it takes FILE,FILE of manifests that are there.`,
    )
  })
}

/** A mode without documents would let everything through, or nothing: neither is meant. */
function trustedDocumentsOf(
  sources: Sources,
  supergraph: SupergraphSource,
): TrustedDocumentsOptions | undefined {
  const { files: listed, mode: written, isPerClient, acceptsText } = sources.configuration.trustedDocuments
  const mode = sources.flags.locked ? 'locked' : written
  const files = manifestsOf(sources) ?? listed
  const registry = 'registry' in supergraph ? supergraph.registry : undefined
  const source = files ? { files } : registry && { registry }
  if (source) return { source, mode: mode ?? 'open', isPerClient, acceptsText }
  if (mode === undefined || mode === 'open') return undefined
  const where = sources.flags.locked ? '--locked' : `trustedDocuments.mode ${mode}`
  throw new UsageError(
    `${where} needs documents: --documents FILE,…, \`trustedDocuments.files\` in --config FILE, or a registry.`,
  )
}

function authenticationOf({ flags, configuration }: Sources): GatewayOptions['authentication'] {
  const { jwks, issuer, audience } = flags
  if (jwks === undefined) {
    const idle = issuer === undefined ? audience && '--audience' : '--issuer'
    if (idle)
      throw new UsageError(`${idle} says whose tokens count, which needs --jwks URL; or see --config.`)
    return configuration.options.authentication
  }
  const keys = address('--jwks', jwks)
  return { keys, issuer: issuer ?? 'headcount', audience: audience ?? 'headcount' }
}

/** A line a request, at info, is not asked for in order not to be seen. */
function logLevelOf({ settings, configuration, environment }: Sources): string {
  const isAsked = configuration.options.observability?.accessLog === true
  return isAsked && !environment.LOG_LEVEL ? 'info' : settings.logLevel
}

const shortestSecret = 32

function viewerSecretOf({ environment }: Sources): string | undefined {
  const secret = environment.HEADCOUNT_VIEWER_SECRET
  if (secret === undefined || secret === '') return undefined
  if (secret.length >= shortestSecret) return secret
  throw new UsageError(
    `HEADCOUNT_VIEWER_SECRET is too short; it takes ${shortestSecret} characters at least.`,
  )
}

/**
 * Puts together what a gateway is started with: the command line goes before the file, the file before the environment,
 * and that before the defaults.
 *
 * @throws UsageError
 */
export function planGateway(sources: Sources): GatewayPlan {
  const { flags, settings, configuration } = sources
  const { server, options } = configuration
  const introspection = flags.introspection || options.introspection
  const supergraph = supergraphOf(sources)
  return {
    options: {
      ...options,
      supergraph,
      trustedDocuments: trustedDocumentsOf(sources, supergraph),
      usage: configuration.usageOf(supergraph),
      authentication: authenticationOf(sources),
      viewerSecret: viewerSecretOf(sources),
      redisUrl: options.redisUrl ?? settings.redisUrl,
      corsOrigins: options.corsOrigins ?? settings.corsOrigins,
      introspection,
      graphiql: options.graphiql ?? introspection,
    },
    listen: {
      host: flags.host ?? server.host ?? '127.0.0.1',
      port: readPort(flags.port) ?? server.port ?? settings.port,
      path: server.path,
      drainTimeoutMs: server.drainTimeoutMs,
      keepAliveTimeoutMs: server.keepAliveTimeoutMs,
    },
    workers: flags.workers === undefined ? server.workers : readWorkers(flags.workers),
    logLevel: configuration.logLevel ?? logLevelOf(sources),
    redisUrl: settings.redisUrl,
    redisPubSub: settings.redisPubSub,
    natsUrl: 'registry' in supergraph ? settings.natsUrl : undefined,
  }
}
