import { once } from 'node:events'
import { redisTopics } from '@headcount/live'
import { pino } from 'pino'
import { placementsOf, readGatewaySettings } from './config.ts'
import { createGateway } from './gateway.ts'
import { serveGateway } from './server.ts'

const settings = readGatewaySettings()
const log = pino({ level: settings.logLevel }).child({ service: 'gateway' })
const {
  redisUrl,
  redisPubSub: pubsub,
  jwksUrl,
  keysFile,
  tokenIssuer: issuer,
  tokenAudience: audience,
} = settings
const topics = redisUrl === undefined ? undefined : redisTopics({ url: redisUrl, pubsub, log })
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
const { host, port, drainTimeoutMs } = settings
const serving = await serveGateway(gateway, { host, port, drainTimeoutMs })
log.info({ address: { host, port: serving.port } }, 'listening')
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
log.info('draining')
await serving.stop()
await topics?.close()
