import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { readConfig } from '@headcount/config'
import { loadConfiguration } from '@headcount/gateway/configuration'
import { printReference } from '@headcount/gateway/configuration/reference'
import { type Serve, startWorkers } from '@headcount/gateway/workers'
import type { RedisTopicsOptions, Topics } from '@headcount/live'
import { type Logger, pino } from 'pino'
import { platformSettings } from '../config.ts'
import type { Command, Terminal } from './command.ts'
import { type GatewayPlan, planGateway, readGatewayFlags } from './gateway-plan.ts'
import { untilStopped } from './until-stopped.ts'

const help = `Usage: headcount gateway --supergraph FILE [options]
       headcount gateway --subgraphs NAME=URL,NAME=URL [options]
       headcount gateway --registry URL [options]
       headcount gateway --config FILE [options]

Serves any Federation 2 supergraph: queries, mutations and subscriptions at /graphql, health
at /health/live and /health/ready, numbers at /metrics. The subgraphs are at the addresses
that stand in the supergraph, or in the file of --config. When the supergraph changes, the
new one is checked and swapped in without dropping a request; a bad one is refused with its
reasons, and the last good one serves on.

What is served (one of these, here or in the file)
  --supergraph FILE    the supergraph's SDL
  --subgraphs LIST     names and addresses of subgraphs, to be asked for their SDL and composed
  --registry URL       a registry that publishes the supergraph, or a contract of one
                       (URL/contracts/NAME), with trusted documents, and that is told of usage
                       (\`usage\` in the file); what served last is kept below
                       .headcount/gateway, for a start while the registry is away

Options; they go before the file, and the file before the defaults
  --config FILE        YAML or JSON; every key stands in docs/operations/gateway.md
  --port N             port to listen at; 0 takes a free one (default 4000, or PORT)
  --host ADDR          address to listen at (default 127.0.0.1)
  --workers N          processes that share the port (default: one a core; 1 = this one alone,
                       which event streams in graphql-sse's single connection mode need)
  --documents LIST     manifests of trusted documents, FILE,FILE: their ids may be sent for them
  --locked             run trusted documents only, over every transport
  --introspection      answer introspection, and serve GraphiQL to browsers
  --jwks URL           keys that verify access tokens; without them every token is refused
  --issuer TEXT        \`iss\` that tokens must have (default headcount)
  --audience TEXT      \`aud\` that tokens must have (default headcount)

Instead of serving
  --check-config       say whether the file and the options can be used, and leave with 0 or 1
  --config-reference   print every key of the file: what it takes, its default, its meaning

Environment: PORT, LOG_LEVEL, REDIS_URL, REDIS_PUBSUB, NATS_URL (where a registry says what it
published, for one that is not waited at), HEADCOUNT_CORS_ORIGINS,
HEADCOUNT_VIEWER_SECRET, as in docs/operations/settings.md; HEADCOUNT_REGISTRY_TOKEN, which a
registry knows the gateway by; and every name that the file asks for.

Examples
  headcount gateway --supergraph supergraph.graphql --port 4000 --introspection
  headcount gateway --subgraphs products=http://127.0.0.1:4001/graphql,reviews=http://127.0.0.1:4002/graphql
  headcount gateway --config gateway.yaml --check-config && headcount gateway --config gateway.yaml

A file to begin with
  supergraph: { file: supergraph.graphql }
  upstream: { timeoutMs: 2000 }
  headers:
    - propagate: { name: accept-language }
`

// Every worker reads the same manifests.
const isSharedGauge = (name: string) => name === 'headcount_gateway_trusted_documents'

// What a worker needs beyond the time for draining, until it counts as stuck.
const STOP_SPARE_MS = 5_000

/** `headcount gateway`. */
export const gatewayCommand: Command = {
  help,
  async run(argv, terminal) {
    const flags = readGatewayFlags(argv)
    if (flags['config-reference']) {
      terminal.out(printReference())
      return 0
    }
    const { environment } = terminal
    const settings = readConfig(platformSettings, environment)
    const file = flags.config === undefined ? undefined : resolve(terminal.folder, flags.config)
    const configuration = await loadConfiguration(file, environment)
    const plan = planGateway({ flags, settings, configuration, folder: terminal.folder, environment })
    const trusted = await trustedDocumentsLine(plan)
    if (flags['check-config']) {
      terminal.out(file === undefined ? 'The options can be used.' : `${file} can be used.`)
      return 0
    }
    if (trusted !== undefined) terminal.out(trusted)
    return serveUntilStopped(plan, terminal)
  },
}

/** How many documents are trusted, and what becomes of others; bad manifests stop the start before there are workers. */
async function trustedDocumentsLine({ options }: GatewayPlan): Promise<string | undefined> {
  const { source, mode, isPerClient = false } = options.trustedDocuments ?? {}
  // A worker's parent has told it.
  if (!source || !('files' in source) || cluster.isWorker) return undefined
  const { checkManifests } = await import('@headcount/gateway/trusted-documents')
  const { size, clientCount } = await checkManifests(source.files, isPerClient)
  const clients = clientCount === 0 ? '' : `, of ${clientCount} ${clientCount === 1 ? 'client' : 'clients'}`
  return `Trusted documents: ${size}${clients}; ${mode}`
}

async function serveUntilStopped(plan: GatewayPlan, terminal: Terminal): Promise<number> {
  const log = pino({ level: plan.logLevel }, pino.destination({ dest: 2, sync: false }))
  const { host, path, drainTimeoutMs } = plan.listen
  const count = plan.workers ?? availableParallelism()
  const stopMs = drainTimeoutMs + STOP_SPARE_MS
  const started = await startWorkers({ count, serve: serveBy(plan, log), log, stopMs, isSharedGauge })
  if (!started) return 0
  const by = count === 1 ? '' : ` by ${count} processes`
  terminal.out(`Gateway at http://${host.includes(':') ? `[${host}]` : host}:${started.port}${path}${by}`)
  await untilStopped()
  await started.stop()
  return 0
}

async function openTopics(options: RedisTopicsOptions): Promise<Topics> {
  const { redisTopics } = await import('@headcount/live')
  return redisTopics(options)
}

function serveBy(plan: GatewayPlan, log: Logger): Serve {
  const { options, listen, redisUrl: url, redisPubSub: pubsub, natsUrl } = plan
  return async (whole) => {
    // Only here: it takes a second and 100 MB, which a parent of workers does without.
    const { createGateway, serveGateway } = await import('@headcount/gateway')
    const topics = url === undefined ? undefined : await openTopics({ url, pubsub, log })
    const announcements = await openAnnouncements(natsUrl, log)
    const end = async () => {
      await topics?.close()
      await announcements.close()
    }
    try {
      const gateway = await createGateway({ ...announcements.heardIn(options), topics, log })
      const serving = await serveGateway(gateway, { ...listen, whole })
      return {
        ...serving,
        async stop() {
          await serving.stop()
          await end()
        },
      }
    } catch (error) {
      await end()
      throw error
    }
  }
}

async function openAnnouncements(natsUrl: string | undefined, log: Logger) {
  const nobody = { heardIn: <Options>(options: Options) => options, close: async () => {} }
  if (natsUrl === undefined) return nobody
  const { registryAnnouncements, withAnnouncements } = await import('../registry-announcements.ts')
  const announcements = registryAnnouncements(natsUrl, log)
  return {
    heardIn: (options: GatewayPlan['options']) => withAnnouncements(options, announcements),
    close: announcements.close,
  }
}
