import { once } from 'node:events'
import { redisTopics } from '@headcount/live'
import { pino } from 'pino'
import { placementsOf, readGatewaySettings } from './config.ts'
import { createGateway } from './gateway.ts'
import { gatewayServer } from './server.ts'

const settings = readGatewaySettings()
const log = pino({ level: settings.logLevel }).child({ service: 'gateway' })
const { redisUrl, jwksUrl, keysFile, tokenIssuer: issuer, tokenAudience: audience } = settings
const topics = redisUrl === undefined ? undefined : redisTopics({ url: redisUrl, log })
const gateway = await createGateway({
  supergraph: { file: settings.supergraphFile },
  subgraphs: placementsOf(settings.subgraphUrls),
  authentication: jwksUrl === undefined ? undefined : { keys: jwksUrl, issuer, audience, keysFile },
  viewerSecret: settings.viewerSecret,
  topics,
  redisUrl,
  corsOrigins: settings.corsOrigins,
  introspection: settings.introspection,
  log,
})
const server = gatewayServer(gateway).listen(settings.port, settings.host)
await once(server, 'listening')
log.info({ address: server.address() }, 'listening')
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
log.info('draining')
server.close()
await gateway.drain(settings.drainTimeoutMs)
await gateway.close()
await topics?.close()
server.closeAllConnections()
