import { createAuth } from '@headcount/auth'
import { authSettings } from '@headcount/auth/config'
import { readConfig } from '@headcount/config'
import { inProcessTopics, redisTopics } from '@headcount/live'
import { inProcessBus, natsBus } from '@headcount/messaging'
import { createAsk, type Parts, type Placement, type Service } from '@headcount/service'
import type { Logger } from 'pino'
import { platformSettings } from './config.ts'
import type { Deployment } from './deployment.ts'
import { creators } from './domain-services.ts'
import type { Environment } from './environment.ts'

/** Makes the five services in this process. */
export async function deployInProcess(environment: Environment, log: Logger): Promise<Deployment> {
  const { HEADCOUNT_VIEWER_SECRET: viewerSecret = '' } = environment
  const { natsUrl, redisUrl, redisPubSub: pubsub } = readConfig(platformSettings, environment)
  const bus = natsUrl ? await natsBus({ url: natsUrl, log }) : inProcessBus({ log })
  const topics = redisUrl ? redisTopics({ url: redisUrl, pubsub, log }) : inProcessTopics({ log })
  const placements = new Map<string, Placement>()
  const partsOf = (from: string): Parts => {
    const ask = createAsk({ from, placements, viewerSecret })
    return { log, bus, topics, ask, viewerSecret, now: () => new Date() }
  }
  const auth = await createAuth(readConfig(authSettings, environment), partsOf('auth'))
  const services: Service[] = [auth.service]
  for (const [name, create] of Object.entries(creators))
    services.push(await create(environment, partsOf(name)))
  for (const { name, execute } of services) placements.set(name, { execute })
  // Everybody listens before anybody speaks: what stands in an outbox must not pass a service by.
  for (const service of services) await service.subscribe()
  return {
    topics,
    placements: Object.fromEntries(placements),
    jwks: async () => auth.jwks(),
    isShared: false,
    async start() {
      for (const service of services) await service.start()
    },
    notReady: async () => (await Promise.all(services.map((service) => service.notReady()))).flat(),
    metrics: () => Promise.all(services.map((service) => service.metrics())),
    async stop() {
      for (const service of services.toReversed()) await service.stop()
      await bus.close()
      await topics.close()
    },
  }
}
