import { choice, integer, optional, secret, text, url } from '@headcount/config'
import { redisPubSub, redisUrl } from '@headcount/live/settings'

/** The settings that every service has in a process of its own; a service adds its own beside them. */
export const commonSettings = {
  host: text('HOST', { fallback: '127.0.0.1', doc: 'Address to listen at.' }),
  port: integer('PORT', {
    minimum: 0,
    maximum: 65_535,
    doc: 'TCP port to listen at; 0 takes a free one.',
  }),
  logLevel: choice('LOG_LEVEL', {
    values: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    fallback: 'info',
    doc: 'Least level that is logged.',
  }),
  natsUrl: url('NATS_URL', {
    schemes: ['nats', 'tls'],
    doc: 'Queue between services. Required for a service in a process of its own.',
  }),
  redisUrl: redisUrl('Pub/sub for live state. Required for a service in a process of its own.'),
  redisPubSub,
  viewerSecret: secret('HEADCOUNT_VIEWER_SECRET', {
    doc: 'Signs the viewer between gateway and services; the same in all of them.',
  }),
  authUrl: optional(serviceUrl('AUTH')),
  eventsUrl: optional(serviceUrl('EVENTS')),
  participantsUrl: optional(serviceUrl('PARTICIPANTS')),
  gatesUrl: optional(serviceUrl('GATES')),
  analyticsUrl: optional(serviceUrl('ANALYTICS')),
}

function serviceUrl(service: string) {
  return url(`HEADCOUNT_URL_${service}`, {
    schemes: ['http', 'https'],
    doc: `GraphQL address of ${service.toLowerCase()}, for questions to it.`,
  })
}
