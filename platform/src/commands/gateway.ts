import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig } from '@headcount/config'
import { createGateway, type Gateway } from '@headcount/gateway'
import { answerLive, answerMetrics, answerReady, type Route, routeByPath } from '@headcount/service'
import { type Logger, pino } from 'pino'
import { platformSettings } from '../config.ts'
import { listen } from '../public-server.ts'
import { type Command, readOptions, readPort, UsageError } from './command.ts'
import { untilStopped } from './until-stopped.ts'

const help = `Usage: headcount gateway --supergraph FILE [options]

Serves any Federation 2 supergraph: queries, mutations and subscriptions at /graphql. The
subgraphs are at the addresses that stand in the supergraph. When the file changes, the
new one is checked and swapped in without dropping a request; a bad one is refused with
its reasons, and the last good one serves on.

Options
  --supergraph FILE    the supergraph's SDL
  --port N             port to listen at; 0 takes a free one (default 4000, or PORT)
  --host ADDR          address to listen at (default 127.0.0.1)
  --introspection      answer introspection, and serve GraphiQL to browsers
  --jwks URL           keys that verify access tokens; without it every token is refused
  --issuer TEXT        \`iss\` that tokens must have (default headcount)
  --audience TEXT      \`aud\` that tokens must have (default headcount)
`

const options = {
  supergraph: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  introspection: { type: 'boolean', default: false },
  jwks: { type: 'string' },
  issuer: { type: 'string', default: 'headcount' },
  audience: { type: 'string', default: 'headcount' },
} as const

const DRAIN_MS = 10_000

/** `headcount gateway`. */
export const gatewayCommand: Command = {
  help,
  async run(argv, terminal) {
    const values = readOptions(argv, options)
    if (values.supergraph === undefined) throw new UsageError('gateway needs --supergraph FILE; see --help.')
    const file = resolve(terminal.folder, values.supergraph)
    if (!existsSync(file)) throw new UsageError(`--supergraph is ${file}; there is no such file.`)
    const { port, redisUrl, corsOrigins, logLevel } = readConfig(platformSettings, terminal.environment)
    const log = pino({ level: logLevel }, pino.destination({ dest: 2, sync: false }))
    const { jwks, issuer, audience, introspection } = values
    const gateway = await createGateway({
      supergraph: { file },
      ...(jwks !== undefined && { authentication: { keys: jwks, issuer, audience } }),
      introspection,
      redisUrl,
      corsOrigins,
      log,
    })
    const address = { host: values.host, port: readPort(values.port) ?? port }
    const server = await listen({ answer: gatewayRoutes(gateway, log), gateway }, address)
    terminal.out(`Gateway at http://${values.host}:${server.port}/graphql`)
    await untilStopped()
    server.stopListening()
    await gateway.drain(DRAIN_MS)
    await gateway.close()
    server.close()
    return 0
  },
}

function gatewayRoutes(gateway: Gateway, log: Logger): Route {
  const routes: Record<string, Route> = {
    '/graphql': (req, res) => gateway.handle(req, res),
    '/health/live': answerLive,
    '/health/ready': answerReady(async () => gateway.problems()),
    '/metrics': answerMetrics(() => gateway.metrics()),
  }
  return routeByPath(routes, (error) => log.error({ err: error }, 'a request failed'))
}
