import { boolean, choice, integer, optional, text, url } from '@headcount/config'
import { gatewaySettings } from '@headcount/gateway/config'
import { redisPubSub, redisUrl } from '@headcount/live/settings'

/** The settings of the platform itself; those of the services stand in their own `config.ts`. */
export const platformSettings = {
  port: integer('PORT', {
    minimum: 0,
    maximum: 65_535,
    fallback: 4000,
    doc: 'TCP port of everything that is public; 0 takes a free one. `--port` goes before it.',
  }),
  logLevel: choice('LOG_LEVEL', {
    values: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    fallback: 'warn',
    doc: 'Least level that is logged, as JSON lines on the standard error.',
  }),
  natsUrl: optional(
    url('NATS_URL', {
      schemes: ['nats', 'tls'],
      doc: 'Queue between services, and where registries and gateways tell one another what is live; unset = within the process.',
    }),
  ),
  redisUrl: optional(
    redisUrl('Pub/sub for live state and shared persisted operations; unset = within the process.'),
  ),
  redisPubSub,
  corsOrigins: gatewaySettings.corsOrigins,
  documents: choice('HEADCOUNT_DOCUMENTS', {
    values: ['open', 'audit', 'locked'],
    fallback: 'open',
    doc: 'Which documents the gateway runs: any; any, with those that nobody published told in the log; or trusted ones alone.',
  }),
  isUsageCounted: boolean('HEADCOUNT_USAGE', {
    fallback: true,
    doc: 'Whether the registry is told which operations are asked by which clients, how often and how fast. Never values.',
  }),
  demoPassword: optional(
    text('HEADCOUNT_DEMO_PASSWORD', {
      doc: 'Password of the demo accounts, applied at every start; unset = one that the first start makes and prints.',
    }),
  ),
}
